/** What `npm run entra` does: the bot's app registration, as the person who is signed in to the Azure CLI. */
import { type CloudName, clouds } from '../../bot/clouds.ts';
import { consentUrl } from '../../bot/consent-url.ts';
import { parseTenantId } from '../../src/domain/ids.ts';
import { NotSignedIn, type SignedIn } from './azure-cli.ts';
import { Graph, GraphRefused } from './graph.ts';
import { type Options, readOptions, usage } from './options.ts';
import { ensureRegistration, RegistrationRefused } from './registration.ts';

/** Where the command writes. */
export interface EntraOutput {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

const noConnectionCredential =
  'The OAuth connection needs a client secret in this cloud: docs/operate.md, Government clouds.\n';

/**
 * Runs the command.
 * @param args behind the script's name
 * @param signedIn tells who is signed in, and where
 * @returns the exit code. 0: it is as it has to be; 1: refused, with the reason; 2: not asked for as it must be
 */
export async function runEntra(
  args: readonly string[],
  output: EntraOutput,
  signedIn: () => Promise<SignedIn>,
): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    output.err.write(`${options}\n\n${usage}`);
    return 2;
  }
  try {
    await register(options, await signedIn(), output.out);
    return 0;
  } catch (error) {
    const isOurs = [NotSignedIn, GraphRefused, RegistrationRefused].some((kind) => error instanceof kind);
    if (!isOurs || !(error instanceof Error)) throw error;
    output.err.write(`${error.message}\nWhat was done so far stays; run it again when that is mended.\n`);
    return 1;
  }
}

async function register(options: Options, signedIn: SignedIn, out: NodeJS.WritableStream): Promise<void> {
  const { tenant, authority, token } = signedIn;
  const isGovernment = signedIn.cloud === 'AzureUSGovernment';
  const cloud = clouds[options.cloud ?? (isGovernment ? 'gcc-high' : 'commercial')];
  const { name, app: appId, identity, connection, domain, isDryRun } = options;
  const federated = { tenant, authority, identity, connection, isGovernment };
  const wish = { name, appId, redirect: cloud.consentRedirect, domain, federated, isDryRun };
  let changes = 0;
  const registered = await ensureRegistration(new Graph(signedIn.graph, token), wish, (line) => {
    changes += 1;
    out.write(`${line}\n`);
  });
  if (changes === 0) out.write('nothing to do: everything is as it has to be\n');
  if (isGovernment) out.write(noConnectionCredential);
  if (registered !== undefined) out.write(closing(registered.appId, tenant, authority, cloud, options));
}

function closing(
  appId: string,
  tenant: string,
  authorityHost: string,
  cloud: (typeof clouds)[CloudName],
  { doesSetEnv }: Options,
): string {
  const tenantId = parseTenantId(tenant);
  if (tenantId === undefined) throw new RegistrationRefused(`The tenant id ${tenant} is none.`);
  const defender = { api: cloud.defenderApi, scope: cloud.defenderScope, portal: cloud.portal };
  const link = consentUrl({ appId, tenant: tenantId, authorityHost, defender, consentRedirect: cloud.consentRedirect });
  const ids = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant };
  const lines = Object.entries(ids).flatMap(([key, value]) => [
    `${key}=${value}`,
    ...(doesSetEnv ? [`::set-teamsfx-env ${key}=${value}`] : []),
  ]);
  return `\n${lines.join('\n')}\n\nConsent to the two permissions for everybody, as an administrator:\n${link}\n`;
}
