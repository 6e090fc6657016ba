/** A person's sign-in at a terminal: they enter a code on Entra's page ('OAuth 2.0 device authorization grant', Microsoft's page). */
import {
  AuthError,
  type INetworkModule,
  type NetworkResponse,
  PublicClientApplication,
  ServerError,
} from '@azure/msal-node';
import { z } from 'zod';
import type { AssertionClaims } from '../../domain/assertion.ts';
import type { Problem } from '../../domain/problem.ts';
import { type Assertion, Secret } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { readAssertionClaims } from './assertion-claims.ts';
import { judgeExchangeError } from './exchange-problem.ts';
import { msalLogging } from './msal-logging.ts';
import { createMsalNetwork } from './msal-network.ts';

/** For whom, and where. */
export interface DeviceSignInOptions {
  /** A registration that allows public client flows; the grant is for those only. */
  readonly clientId: string;
  readonly tenant: string;
  /** `https://<host>`, with the port where there is one. */
  readonly authorityHost: string;
  /** The scope of our own app, so that the token is an assertion for it. */
  readonly scope: string;
  readonly log: Log;
}

/** What the person has to do. */
export interface DevicePrompt {
  readonly page: string;
  readonly code: string;
}

/** How it ended. */
export type DeviceSignIn =
  | { readonly kind: 'signedIn'; readonly assertion: Assertion; readonly claims: AssertionClaims }
  /** Nobody entered the code in time. */
  | { readonly kind: 'tooLate' }
  /** The registration does not allow public client flows, so it would have to prove itself (AADSTS7000218). */
  | { readonly kind: 'notPublic' }
  /** The token is not one that says whose it is. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Asks Entra for a code, shows it, and waits until somebody has signed in with it, at most for its life of some 15 min. */
export async function signInByDevice(
  { clientId, tenant, authorityHost, scope, log }: DeviceSignInOptions,
  show: (prompt: DevicePrompt) => void,
): Promise<DeviceSignIn> {
  const { origin, host } = new URL(authorityHost);
  const client = new PublicClientApplication({
    auth: { clientId, authority: `${origin}/${tenant}`, knownAuthorities: [host] },
    system: { networkClient: outspoken(createMsalNetwork(log)), loggerOptions: msalLogging(log) },
  });
  try {
    const result = await client.acquireTokenByDeviceCode({
      scopes: [scope],
      deviceCodeCallback: ({ verificationUri, userCode }) => show({ page: verificationUri, code: userCode }),
    });
    const assertion = new Secret('assertion', result?.accessToken ?? '');
    const claims = readAssertionClaims(assertion);
    return claims === undefined ? { kind: 'unreadable' } : { kind: 'signedIn', assertion, claims };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): DeviceSignIn {
  if (!(error instanceof AuthError)) throw error;
  if (tooLate.has(error.errorCode)) return { kind: 'tooLate' };
  if (error instanceof ServerError && error.errorNo === notPublic) return { kind: 'notPublic' };
  return { kind: 'problem', problem: judgeExchangeError(error)?.problem ?? { kind: 'signInUnavailable' } };
}

/** By MSAL's own watch or by Entra's, whichever is quicker. */
const tooLate = new Set(['device_code_expired', 'expired_token']);
/** The page 'Microsoft Entra authentication and authorization error codes'. */
const notPublic = '7000218';
/** The one error that is none: the person has not entered the code yet. */
const pending = 'authorization_pending';

const refusal = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
  suberror: z.string().optional(),
  correlation_id: z.string().optional(),
});

/**
 * MSAL keeps nothing of a refusal in this flow but the OAuth error, and a refused request for a code it takes for a code
 * (read in source, msal-node 7.2.3). So a refusal ends the flow here, with all that Entra said.
 */
function outspoken(network: INetworkModule): INetworkModule {
  return {
    sendGetRequestAsync: (url, options) => network.sendGetRequestAsync(url, options),
    async sendPostRequestAsync<T>(...request: Parameters<INetworkModule['sendPostRequestAsync']>) {
      const answer: NetworkResponse<T> = await network.sendPostRequestAsync(...request);
      const refused = refusal.safeParse(answer.body).data;
      if (refused === undefined || refused.error === pending) return answer;
      const { error, error_description, suberror, error_codes = [], correlation_id = '' } = refused;
      throw new ServerError(error, correlation_id, error_description, suberror, error_codes[0]?.toString());
    },
  };
}
