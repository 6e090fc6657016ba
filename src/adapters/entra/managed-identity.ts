/** The bot's proof of itself where a managed identity stands in for a secret: nothing to keep, nothing to rotate. */
import { AuthError, type ClientAssertionCallback, ManagedIdentityApplication } from '@azure/msal-node';
import { minute, second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';
import { createIdentityNetwork } from './identity-network.ts';
import { msalLogging } from './msal-logging.ts';

/** Audiences of page 'Configure an application to trust a managed identity'. */
const exchangeAudience = 'api://AzureADTokenExchange';
const governmentExchangeAudience = 'api://AzureADTokenExchangeUSGov';

/** `az cloud show` names them as `ossrdbmsResourceId`; page 'Connect with managed identity to Azure Database for PostgreSQL'. */
const databaseAudience = 'https://ossrdbms-aad.database.windows.net';
const governmentDatabaseAudience = 'https://ossrdbms-aad.database.usgovcloudapi.net';

/** The whole wait for the identity's token, MSAL's repeats included: those alone can take more than a minute. */
const identityPatience = 10 * second;
/** A token that is still good for so long may be used when no newer one comes. */
const leastLeft = minute;

/** The machine's identity endpoint gave no token. `isRefusal`: it answered, and no repeat would help. */
export class IdentityUnavailable extends AuthError {
  override readonly cause: unknown;
  readonly isRefusal: boolean;

  constructor(isRefusal: boolean, cause: unknown) {
    const said = isRefusal ? 'refuses the identity' : 'gave no answer';
    super('identity_unavailable', '', `The machine's managed identity endpoint ${said}`);
    Object.setPrototypeOf(this, IdentityUnavailable.prototype);
    this.name = 'IdentityUnavailable';
    this.isRefusal = isRefusal;
    this.cause = cause;
  }
}

/** What we use of MSAL's application for managed identities. */
export type IdentityTokens = Pick<ManagedIdentityApplication, 'acquireToken'>;

/** What a managed identity needs. */
export interface IdentityOptions {
  /** The client id of the user-assigned identity. */
  readonly clientId: string;
  /** Entra's host, with the port where there is one. */
  readonly host: string;
  readonly log: Log;
}

/** Gets the identity's token from where the process runs: App Service, a virtual machine, a container. */
export function managedIdentityAssertion(options: IdentityOptions): ClientAssertionCallback {
  const resource = options.host.endsWith('.us') ? governmentExchangeAudience : exchangeAudience;
  return identityAssertion(identityTokens(options), resource, options.log);
}

/**
 * The password of a PostgreSQL server in Azure that knows the identity: a token, asked for at each new connection. MSAL
 * keeps it and renews it before its end.
 * @param server its host name, which tells Azure's clouds apart
 * @throws IdentityUnavailable from the function
 */
export function managedIdentityPassword(
  clientId: string,
  server: string,
  log: Log,
  identity = identityTokens({ clientId, log }),
): () => Promise<string> {
  const isGovernment = server.endsWith('.usgovcloudapi.net');
  const resource = isGovernment ? governmentDatabaseAudience : databaseAudience;
  const token = identityAssertion(identity, resource, log);
  return () => token({ clientId });
}

function identityTokens({ clientId, log }: Pick<IdentityOptions, 'clientId' | 'log'>): IdentityTokens {
  return new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: clientId },
    system: { loggerOptions: msalLogging(log), networkClient: createIdentityNetwork(log) },
  });
}

/**
 * MSAL keeps the token and repeats by the rules of each kind of host. Added here: an end to the wait, and the last
 * token for as long as it is good, since MSAL throws when it cannot renew one early.
 * @throws IdentityUnavailable from the callback
 */
export function identityAssertion(
  identity: IdentityTokens,
  resource: string,
  log: Log,
  patience = identityPatience,
): ClientAssertionCallback {
  let last: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    try {
      const { accessToken, expiresOn } = await inTime(identity.acquireToken({ resource }), patience);
      last = { token: accessToken, until: expiresOn?.getTime() ?? 0 };
      return accessToken;
    } catch (error) {
      if (last === undefined || last.until - Date.now() < leastLeft) throw unavailable(error);
      log.warn({ call: 'identity', error }, 'the managed identity could not be renewed; its last token is still good');
      return last.token;
    }
  };
}

/** MSAL says 'server error' for what the endpoint answered, 'network error' and the like for what never came. */
function unavailable(error: unknown): IdentityUnavailable {
  return error instanceof IdentityUnavailable
    ? error
    : new IdentityUnavailable(error instanceof AuthError && error.name === 'ServerError', error);
}

async function inTime<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new IdentityUnavailable(false, `no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
