/** The Teams app package: what people install has to be the bot that runs. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { parsedJson } from '../../src/adapters/parsed-json.ts';
import { type Finding, failed, notChecked, ok } from './finding.ts';
import { type Domain, isOwnUri, wantedUri } from './own-uri.ts';
import type { Site } from './site.ts';

const shape = z.object({
  bots: z.array(z.object({ botId: z.string() })).min(1),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
  validDomains: z.array(z.string()),
});
type Manifest = z.infer<typeof shape>;

/** Reads the package that `npm run package` has written, and compares. */
export async function manifest(site: Site): Promise<Finding> {
  const { packageFile } = site;
  const bytes = await bytesOf(packageFile);
  if (bytes === undefined) {
    return notChecked(
      `There is no package at ${packageFile}.`,
      'Run npm run package with the same variables, or name yours: npm run doctor -- --package <file>.',
    );
  }
  const read = manifestIn(bytes);
  if (read === undefined) {
    return failed(`${packageFile} is no Teams app package with a bot.`, 'Make it anew: npm run package.');
  }
  const faults = faultsOf(read, await expectationsOf(site));
  if (faults.length === 0) return ok(`App, sign-in and domains in ${packageFile} are those of this bot.`);
  return failed(
    `${packageFile} is of another configuration: ${faults.join('; ')}.`,
    'Run npm run package with this bot’s variables, and update the app in the Teams admin center.',
  );
}

async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for what is no zip, holds no manifest, or one without a bot. */
function manifestIn(bytes: Uint8Array): Manifest | undefined {
  const text = unzipped(bytes);
  return text === undefined ? undefined : shape.safeParse(parsedJson(text)).data;
}

function unzipped(bytes: Uint8Array): string | undefined {
  try {
    const file = unzipSync(bytes, { filter: ({ name }) => name === 'manifest.json' })['manifest.json'];
    return file === undefined ? undefined : strFromU8(file);
  } catch (error) {
    // fflate gives its errors a number; any other is a fault of ours.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

interface Expectations {
  readonly appId: string;
  readonly domain: Domain;
  /** Hosts that Teams has to open. */
  readonly hosts: readonly string[];
}

/** The sign-in window opens where the Token Service says; while it says nothing, at the cloud's own page. */
async function expectationsOf({ config, domain, begunSignIn }: Site): Promise<Expectations> {
  const { appId, consentRedirect } = config;
  const page = await begunSignIn().then(
    ({ link }) => link,
    // Why there is none is told by the step of the connection.
    () => consentRedirect,
  );
  return { appId, domain, hosts: [new URL(page).hostname, ...(domain === undefined ? [] : [domain])] };
}

function faultsOf(
  { bots, webApplicationInfo: sso, validDomains }: Manifest,
  expected: Expectations,
): readonly string[] {
  const { appId, domain, hosts } = expected;
  const isResource =
    domain === undefined ? isOwnUri(sso.resource, appId) : isEqual(sso.resource, wantedUri(appId, domain));
  return [
    ...bots.flatMap(({ botId }) => (isEqual(botId, appId) ? [] : [`bots.botId is ${botId}`])),
    ...(isEqual(sso.id, appId) ? [] : [`webApplicationInfo.id is ${sso.id}`]),
    ...(isResource ? [] : [`webApplicationInfo.resource is ${sso.resource} and not ${wantedUri(appId, domain)}`]),
    ...hosts.flatMap((host) => (isAmong(host, validDomains) ? [] : [`validDomains lacks ${host}`])),
  ];
}

function isEqual(found: string, wanted: string): boolean {
  return found.toLowerCase() === wanted;
}

/** `*.example.com` stands for every name one level below (page 'App manifest reference', validDomains). */
function isAmong(domain: string, validDomains: readonly string[]): boolean {
  const wanted = domain.toLowerCase();
  return validDomains.some((each) => {
    const valid = each.toLowerCase();
    return valid === wanted || (valid.startsWith('*.') && wanted.slice(wanted.indexOf('.')) === valid.slice(1));
  });
}
