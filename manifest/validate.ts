/** Checks a filled app manifest against Microsoft's schema, from the copy that `@microsoft/app-manifest` brings: offline. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AppManifestUtils, type TeamsManifestLatest } from '@microsoft/app-manifest';
import { z } from 'zod';
import { type Json, placeholdersIn } from './fill.ts';

/** Where `@microsoft/app-manifest` keeps a folder for each version of the schema, for example `v1.30/`. */
export const bundledSchemas = new URL('json-schemas/teams/', import.meta.resolve('@microsoft/app-manifest'));

const schemaAddress = (version: string): string =>
  `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;

const versioned = z.looseObject({ $schema: z.string(), manifestVersion: z.string() });

/** The validator wants its own type before it validates; all it reads of it is `$schema`. */
const candidate = z.custom<TeamsManifestLatest>((value) => versioned.safeParse(value).success);

/** Every fault of the manifest, as sentences; none when Teams' schema accepts it. */
export async function manifestFaults(manifest: Json): Promise<readonly string[]> {
  const leftovers = placeholdersIn(manifest).map((name) => `The manifest has a placeholder without a value: ${name}`);
  const version = versioned.safeParse(manifest);
  if (!version.success) return [...leftovers, 'The manifest lacks $schema or manifestVersion.'];
  const { $schema, manifestVersion } = version.data;
  // A schema that is not in the package would be fetched from the internet.
  if ($schema !== schemaAddress(manifestVersion) || !existsSync(new URL(`v${manifestVersion}/`, bundledSchemas))) {
    return [...leftovers, `No bundled schema fits manifestVersion ${manifestVersion} with $schema ${$schema}`];
  }
  const broken = await AppManifestUtils.validateAgainstSchema(candidate.parse(manifest));
  return [...leftovers, ...broken.map((fault) => `The manifest breaks Teams' schema: ${fault.trim()}`)];
}

const localized = z.object({
  manifestVersion: z.string(),
  localizationInfo: z
    .object({ additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })) })
    .optional(),
});
/** Its schema is given, so the validator reads nothing of it beforehand. */
const translation = z.custom<TeamsManifestLatest>();
const schema = z.custom<NonNullable<Parameters<typeof AppManifestUtils.validateAgainstSchema>[1]>>();

/** Every fault of the manifest's translations: one that is missing or not asked for, or that breaks Teams' schema. */
export async function translationFaults(
  manifest: Json,
  translations: readonly { readonly name: string; readonly json: Json }[],
): Promise<readonly string[]> {
  const parsed = localized.safeParse(manifest);
  if (!parsed.success) return [];
  const { manifestVersion, localizationInfo } = parsed.data;
  const wanted = (localizationInfo?.additionalLanguages ?? []).map(({ file }) => file);
  const names = translations.map(({ name }) => name);
  const rules = new URL(`v${manifestVersion}/MicrosoftTeams.Localization.schema.json`, bundledSchemas);
  // The manifest's own check has said that this version is unknown.
  if (!existsSync(rules)) return [];
  // Its patterns for activities leave a bracket bare, which no strict reader takes.
  const text = (await readFile(rules, 'utf8')).replaceAll('\\\\b]', '\\\\b\\\\]');
  const bundled = schema.parse(JSON.parse(text));
  const broken = await Promise.all(
    translations.map(async ({ name, json }) => {
      const faults = await AppManifestUtils.validateAgainstSchema(translation.parse(json), bundled);
      return faults.map((fault) => `${name} breaks Teams' schema: ${fault.trim()}`);
    }),
  );
  return [
    ...wanted.filter((name) => !names.includes(name)).map((name) => `The manifest names ${name}, which is not there.`),
    ...names.filter((name) => !wanted.includes(name)).map((name) => `The manifest does not name ${name}.`),
    ...broken.flat(),
  ];
}
