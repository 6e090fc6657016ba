import { readFileSync } from 'node:fs';
import type { Ingredients } from '../../manifest/app-package.ts';

const manifestFolder = new URL('../../manifest/', import.meta.url);

/** A right environment: only what is required. */
export const env = {
  MicrosoftAppId: '0d4e9c5a-8a3b-4a41-9d1c-5b1f1f6c2a10',
  BOT_DOMAIN: 'collector.contoso.com',
} as const;

/** The real template and icons, with a right environment. */
export const ingredients: Ingredients = {
  template: readFileSync(new URL('manifest.json', manifestFolder), 'utf8'),
  translations: { 'de.json': readFileSync(new URL('de.json', manifestFolder), 'utf8') },
  color: readFileSync(new URL('icons/color.png', manifestFolder)),
  outline: readFileSync(new URL('icons/outline.png', manifestFolder)),
  version: '1.2.3',
  env,
};
