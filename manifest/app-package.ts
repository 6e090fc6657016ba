/** The Teams app package: the filled manifest, its translations and both icons, checked, in one zip. */
import { z } from 'zod';
import { fill, type Json } from './fill.ts';
import { colorIconFaults, outlineIconFaults } from './icon-rules.ts';
import { manifestFaults, translationFaults } from './validate.ts';
import { readVariables, type VariableFault } from './variables.ts';
import { zipOf } from './zip.ts';

/** What a package is made of. */
export interface Ingredients {
  /** The text of `manifest.json`, with placeholders. */
  readonly template: string;
  /** The text of each file that the manifest names in `localizationInfo`, by its name. */
  readonly translations: Readonly<Record<string, string>>;
  readonly color: Buffer;
  readonly outline: Buffer;
  /** The project's own version, x.y.z. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Either a package that Teams' rules accept, or everything that is wrong, and no package. */
export type AppPackage =
  | {
      readonly kind: 'ready';
      readonly zip: Buffer;
      readonly manifest: Json;
      readonly defaultedLinks: readonly string[];
    }
  | { readonly kind: 'faulty'; readonly variables: readonly VariableFault[]; readonly others: readonly string[] };

const json = z.json();

/** Checks everything, also when something is already known to be wrong. Throws a SyntaxError when a text is no JSON. */
export async function makeAppPackage(ingredients: Ingredients): Promise<AppPackage> {
  const { template, translations, color, outline, version, env } = ingredients;
  const { values, faults: variables, defaultedLinks } = readVariables(env, version);
  const manifest = fill(json.parse(JSON.parse(template)), values);
  const translated = Object.entries(translations).map(([name, text]) => ({ name, json: json.parse(JSON.parse(text)) }));
  const others = [
    ...(await manifestFaults(manifest)),
    ...(await translationFaults(manifest, translated)),
    ...colorIconFaults(color),
    ...outlineIconFaults(outline),
  ];
  if (variables.length > 0 || others.length > 0) return { kind: 'faulty', variables, others };
  const zip = await zipOf([
    { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'color.png', content: color },
    { name: 'outline.png', content: outline },
    ...Object.entries(translations).map(([name, text]) => ({ name, content: Buffer.from(text) })),
  ]);
  return { kind: 'ready', zip, manifest, defaultedLinks };
}
