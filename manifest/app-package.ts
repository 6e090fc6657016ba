/** The Teams app package: the filled manifest and both icons, checked, in one zip. */
import { z } from 'zod';
import { fill, type Json } from './fill.ts';
import { colorIconFaults, outlineIconFaults } from './icon-rules.ts';
import { manifestFaults } from './validate.ts';
import { readVariables, type VariableFault } from './variables.ts';
import { zipOf } from './zip.ts';

/** What a package is made of. */
export interface Ingredients {
  /** The text of `manifest.json`, with placeholders. */
  readonly template: string;
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

const templateJson = z.json();

/** Checks everything, also when something is already known to be wrong. Throws a SyntaxError when the template is no JSON. */
export async function makeAppPackage({ template, color, outline, version, env }: Ingredients): Promise<AppPackage> {
  const { values, faults: variables, defaultedLinks } = readVariables(env, version);
  const manifest = fill(templateJson.parse(JSON.parse(template)), values);
  const others = [...(await manifestFaults(manifest)), ...colorIconFaults(color), ...outlineIconFaults(outline)];
  if (variables.length > 0 || others.length > 0) return { kind: 'faulty', variables, others };
  const zip = await zipOf([
    { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'color.png', content: color },
    { name: 'outline.png', content: outline },
  ]);
  return { kind: 'ready', zip, manifest, defaultedLinks };
}
