/** The Bot Framework: who may speak to the bot, and where people's sign-ins are kept. */
import { z } from 'zod';
import { DeadlineError } from '../deadline.ts';
import { SigningKeysUnavailable } from '../teams/signing-keys.ts';
import { type Finding, failed, notChecked, ok, warning } from './finding.ts';
import { isOwnScope, isOwnUri, scopeName, wantedUri } from './own-uri.ts';
import { reach, unreached } from './reach.ts';
import type { Site } from './site.ts';

const openId = z.object({ issuer: z.string() });

/** Reads the keys with which Teams signs, and compares who issues with whom the bot believes. */
export async function botFrameworkKeys({ config: { botFramework }, keys }: Site): Promise<Finding> {
  const { openIdMetadata, tokenIssuer } = botFramework;
  const reached = await reach(openIdMetadata);
  if (reached.kind === 'unreached') return reached.finding;
  const fix =
    'Check ToBotFromChannelOpenIdMetadataUrl and ToBotFromChannelTokenIssuer: unset, they follow DEFENDER_CLOUD.';
  const read = openId.safeParse(reached.body);
  if (!read.success) return failed(`${openIdMetadata} answers ${reached.status}, and is no OpenID configuration.`, fix);
  if (read.data.issuer !== tokenIssuer) {
    return failed(`The keys there are those of ${read.data.issuer}, but the bot believes ${tokenIssuer} only.`, fix);
  }
  try {
    await keys.load();
    return ok(`The keys of ${tokenIssuer} were read.`);
  } catch (error) {
    if (!(error instanceof SigningKeysUnavailable)) throw error;
    return unreached(new URL(openIdMetadata).host, error);
  }
}

const status = z.object({ statusCode: z.number() });
const whereItIs = 'Azure portal, the Azure Bot, Settings, Configuration, OAuth Connection Settings';

/**
 * Begins a sign-in of nobody, which shows the token exchange URL, and lists the bot's connections. How the service answers
 * for somebody whom it does not know was not tried on a live tenant, so a list that is empty or does not come says nothing.
 */
export async function oauthConnection(site: Site): Promise<Finding> {
  const { connectionName } = site.config.botFramework;
  try {
    const { exchangeUrl } = await site.begunSignIn();
    const names = await namesOf(site);
    if (names.length > 0 && !names.includes(connectionName)) return unknownName(connectionName, names);
    return judgeExchangeUrl(exchangeUrl, site);
  } catch (error) {
    return await refusalOf(error, site);
  }
}

async function namesOf(site: Site): Promise<readonly string[]> {
  try {
    return await site.connectionNames();
  } catch (error) {
    if (status.safeParse(error).success || error instanceof z.ZodError || error instanceof DeadlineError) return [];
    throw error;
  }
}

function unknownName(connectionName: string, names: readonly string[]): Finding {
  return failed(
    `The Azure Bot has no OAuth connection called ${connectionName}; it has ${names.join(', ')}.`,
    `${whereItIs}: add it, or set OAUTH_CONNECTION_NAME to the name that is there.`,
  );
}

function judgeExchangeUrl(uri: string | undefined, { config, domain }: Site): Finding {
  const { appId, botFramework } = config;
  const { connectionName } = botFramework;
  const wanted = wantedUri(appId, domain);
  const fix = `${whereItIs}, ${connectionName}: set Token Exchange URL to ${wanted}, as in the manifest.`;
  if (uri === undefined)
    return failed(`${connectionName} has no token exchange URL: nobody is signed in silently.`, fix);
  if (!isOwnUri(uri, appId)) {
    return failed(`The token exchange URL of ${connectionName} is ${uri}, which is not this app’s.`, fix);
  }
  if (domain !== undefined && uri.toLowerCase() !== wanted) {
    return warning(`The token exchange URL of ${connectionName} is ${uri}: people are not signed in silently.`, fix);
  }
  return ok(`${connectionName} is there, with the token exchange URL ${uri}.`);
}

async function refusalOf(error: unknown, site: Site): Promise<Finding> {
  const { tokenService, connectionName } = site.config.botFramework;
  const { host } = new URL(tokenService);
  const code = status.safeParse(error).data?.statusCode;
  if (code === 401 || code === 403) {
    return failed(
      `The Token Service does not know this bot (${code}).`,
      'Compare the Azure Bot’s Microsoft App ID, tenant and type (Single Tenant) with MicrosoftAppId and MicrosoftAppTenantId.',
    );
  }
  if (error instanceof z.ZodError) {
    return failed(
      `${host} answers, but not as the Token Service does.`,
      'Check OAuthUrl: unset, it follows DEFENDER_CLOUD.',
    );
  }
  if (code === undefined) return unreached(host, error);
  const names = await namesOf(site);
  if (names.length > 0 && !names.includes(connectionName)) return unknownName(connectionName, names);
  return failed(
    `The Token Service begins no sign-in at ${connectionName} (${code}).`,
    `${whereItIs}: see whether a connection of that name (OAUTH_CONNECTION_NAME) is there, and press Test Connection.`,
  );
}

/**
 * Follows the sign-in's link one step, to Entra's page, whose address names app and scopes. That the link leads there at
 * once is how browsers see it, and documented nowhere: an answer of another kind says nothing.
 */
export async function oauthScope(site: Site): Promise<Finding> {
  const { link } = await site.begunSignIn();
  const reached = await reach(link);
  if (reached.kind === 'unreached') return reached.finding;
  const page = URL.parse(reached.headers.get('location') ?? '');
  if (page === null || !page.searchParams.has('scope')) {
    return notChecked(
      'The sign-in link did not show which scopes it asks for.',
      `${whereItIs}: press Test Connection, and compare Scopes with ${wantedScope(site)}.`,
    );
  }
  return judgeSignInPage(page, site);
}

function judgeSignInPage({ searchParams }: URL, site: Site): Finding {
  const { config } = site;
  const { connectionName } = config.botFramework;
  const clientId = searchParams.get('client_id')?.toLowerCase();
  if (clientId !== config.appId) {
    return failed(
      `${connectionName} signs people in to another app (${clientId ?? 'none'}).`,
      `${whereItIs}, ${connectionName}: set Client id to ${config.appId}, with a credential of that app.`,
    );
  }
  const scopes = (searchParams.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  // Scopes of OpenID Connect may stand beside it; a second API may not, since a token is for one.
  const ofApis = scopes.filter((scope) => scope.includes('/'));
  if (ofApis.length > 0 && ofApis.every((scope) => isOwnScope(scope, config.appId))) {
    return ok(`It asks for ${ofApis.join(' ')}.`);
  }
  const asked = scopes.length === 0 ? 'nothing' : scopes.join(' ');
  return failed(
    `${connectionName} asks for ${asked}: what comes of it is no sign-in to this app, and cannot be exchanged.`,
    `${whereItIs}, ${connectionName}: set Scopes to ${wantedScope(site)}, and to nothing of Defender’s.`,
  );
}

function wantedScope({ config, domain }: Site): string {
  return `${wantedUri(config.appId, domain)}/${scopeName}`;
}
