/** Checks a filled app manifest against Microsoft's schema, from the copy that `@microsoft/app-manifest` brings: offline. */
import { existsSync } from 'node:fs';
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
