import { createServer } from 'node:http';
import { exchangeAudience } from './bot-credentials.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { JsonObject } from './json.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

/** The user-assigned managed identity of the machine that the bot runs on. */
export const botIdentity = {
  clientId: 'd1d1d1d1-5555-4555-8555-000000000005',
  /** Its object id in the tenant: the subject of its tokens. */
  principalId: 'd1d1d1d1-6666-4666-8666-000000000006',
} as const;

/** What the identity gets for Azure's PostgreSQL servers: it serves there as a password. */
export const databaseToken = 'sandbox~database~token~marker';
const databaseAudience = 'https://ossrdbms-aad.database.windows.net';

/** What App Service puts into the process' environment; a process that does not show it gets nothing. */
const appServiceHeader = 'sandbox~identity~header~marker';

/** Where an identity's tokens come from: App Service's endpoint, or the one of a virtual machine (IMDS). */
export type IdentityHost = 'appService' | 'imds';

/**
 * Both identity endpoints of Azure on one loopback port, without TLS, as the real ones are: 'How to use managed
 * identities for App Service', section 'REST endpoint reference', and 'How to use managed identities on a VM to acquire
 * an access token', section 'Get a token using HTTP'.
 */
export interface IdentityEndpoint {
  /** The variables that the host gives the bot's process. */
  environment(host: IdentityHost): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Opens the endpoints on a free port. */
export async function openIdentityEndpoint(wire: Wire, tokens: EntraTokens): Promise<IdentityEndpoint> {
  const app = wire.host();
  const describe = ({ query }: WireRequest) => ({ resource: query.get('resource'), clientId: query.get('client_id') });
  wire.route(app, 'get', '/msi/token', {
    operation: 'identity.appService',
    describe,
    handle: (request) => appService(request, tokens),
  });
  wire.route(app, 'get', '/metadata/identity/oauth2/token', {
    operation: 'identity.imds',
    describe,
    handle: (request) => imds(request, tokens),
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The identity endpoint has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    environment: (host) => environmentOf(host, url),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function environmentOf(host: IdentityHost, url: string): Readonly<Record<string, string>> {
  switch (host) {
    case 'appService':
      return { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: appServiceHeader };
    case 'imds':
      // Azure's own address cannot be had on loopback; by this variable MSAL finds the one of a pod's stand-in.
      return { AZURE_POD_IDENTITY_AUTHORITY_HOST: url };
  }
}

async function appService({ query, headers }: WireRequest, tokens: EntraTokens): Promise<WireAnswer> {
  if (headers['x-identity-header'] !== appServiceHeader) return { status: 401, body: { message: 'No such header.' } };
  if (query.get('api-version') !== '2019-08-01') return { status: 400, body: { message: 'Unknown api-version.' } };
  const issued = await identityToken(query, tokens);
  return issued === undefined
    ? { status: 400, body: { statusCode: 400, message: 'No User Assigned or Delegated Managed Identity found.' } }
    : { status: 200, body: issued };
}

async function imds({ query, headers }: WireRequest, tokens: EntraTokens): Promise<WireAnswer> {
  const isForwarded = headers['x-forwarded-for'] !== undefined;
  if (headers.metadata !== 'true' || isForwarded || query.get('api-version') !== '2018-02-01') {
    return { status: 400, body: { error: 'bad_request', error_description: 'Required metadata header not specified' } };
  }
  const issued = await identityToken(query, tokens);
  return issued === undefined
    ? { status: 400, body: { error: 'invalid_request', error_description: 'Identity not found' } }
    : { status: 200, body: issued };
}

/** Undefined for an identity that this machine has not. */
async function identityToken(query: URLSearchParams, tokens: EntraTokens): Promise<JsonObject | undefined> {
  const { clientId, principalId } = botIdentity;
  const resource = query.get('resource');
  if (query.get('client_id') !== clientId) return undefined;
  if (resource === databaseAudience) return answer(databaseToken, Math.floor(Date.now() / 1_000) + 3_600, resource);
  if (resource !== exchangeAudience) return undefined;
  const { token, expiresAt } = await tokens.managedIdentity(principalId, exchangeAudience);
  return answer(token, expiresAt, resource);
}

function answer(token: string, expiresAt: number, resource: string): JsonObject {
  return {
    access_token: token,
    client_id: botIdentity.clientId,
    expires_on: String(expiresAt),
    resource,
    token_type: 'Bearer',
  };
}
