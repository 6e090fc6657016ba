/** Headless Chromium for drawing cards. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { hostConfig, schemes, type Theme } from './host-config.ts';

const executablePath = '/usr/bin/chromium';
const { resolve } = createRequire(import.meta.url);

/** Whether Debian's Chromium is installed. */
export const hasChromium = existsSync(executablePath);

/** Starts Chromium; it asks nothing of the network. The caller closes it. */
export async function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** How cards are drawn. */
export interface Drawing {
  readonly theme: Theme;
  /** Of the card, in CSS pixels. */
  readonly width: number;
}

/** A page with the cards drawn one below the other, and what is wrong with them. */
export interface DrawnPage {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Draws the cards, each into a section whose id is its name. */
export async function drawCards(
  browser: Browser,
  cards: ReadonlyMap<string, AdaptiveCard>,
  { theme, width }: Drawing,
): Promise<DrawnPage> {
  const page = await browser.newPage({
    viewport: { width: width + 32, height: 800 },
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (/^https?:/.test(request.url())) faults.push(`network: ${request.url()}`);
  });
  await page.setContent(emptyPage({ theme, width }));
  await page.addStyleTag({ path: resolve('adaptivecards/dist/adaptivecards.css') });
  await page.addScriptTag({ path: resolve('adaptivecards/dist/adaptivecards.js') });
  await page.addScriptTag({ path: resolve('markdown-it/browser') });
  await page.addScriptTag({ path: fileURLToPath(new URL('in-page.js', import.meta.url)) });
  const drawn = await page.evaluate<string[]>(
    `drawCards(${JSON.stringify([...cards])}, ${JSON.stringify(hostConfig(theme))})`,
  );
  return { page, faults: [...faults, ...drawn] };
}

function emptyPage({ theme, width }: Drawing): string {
  const { page, card, letters, link, subtle } = schemes[theme];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>
    body { margin: 16px; background: ${page}; color: ${letters}; }
    section { width: ${width}px; margin-bottom: 16px; background: ${card}; border: 1px solid ${subtle}55; border-radius: 6px; box-sizing: border-box; overflow: hidden; }
    .ac-textBlock p { margin: 0; }
    a.ac-anchor { color: ${link} !important; }
    .ac-pushButton { background: ${card}; color: ${letters}; border: 1px solid ${subtle}; border-radius: 4px; padding: 6px 12px; margin-bottom: 8px; font: 600 14px "Segoe UI", "Noto Sans", sans-serif; }
    .ac-pushButton.style-positive { background: ${link}; color: #fff; border-color: ${link}; }
    .ac-pushButton.style-destructive { background: #c4314b; color: #fff; border-color: #c4314b; }
    .ac-input { width: 100%; box-sizing: border-box; min-height: 72px; background: ${page}; color: ${letters}; border: 1px solid ${subtle}; border-radius: 4px; padding: 6px; font: 14px "Segoe UI", "Noto Sans", sans-serif; }
  </style><main></main></html>`;
}
