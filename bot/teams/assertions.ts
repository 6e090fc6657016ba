/** The Token Service: where each person's token for our own app is kept. */
import type { Activity, SignInUrlResponse } from 'botbuilder';
import { z } from 'zod';
import { readAssertionClaims } from '../../src/adapters/entra/assertion-claims.ts';
import { judgeExchangeError } from '../../src/adapters/entra/exchange-problem.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { type Assertion, Secret } from '../../src/domain/secret.ts';
import type { AssertionResult, Assertions, Log } from '../../src/ports.ts';
import { within } from '../deadline.ts';

/** The Token Service as the sign-in needs it. */
export interface TokenService extends Assertions {
  /** Gives the Token Service a client's SSO token; it keeps the one that it gets for it from Entra. */
  exchange(person: Person, token: Assertion): Promise<AssertionResult>;
  /** Redeems the code that a finished sign-in window brought. */
  redeem(person: Person, code: string): Promise<AssertionResult>;
  /** Where to sign in, and what a client needs to try it silently. */
  signInResource(activity: Activity): Promise<SignInUrlResponse>;
}

/** What we use of botframework-connector's `UserTokenClient`; its type wants a code where its code does not. */
export interface TokenClient {
  getUserToken(userId: string, connectionName: string, channelId: string, magicCode?: string): Promise<unknown>;
  exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchange: { readonly token: string },
  ): Promise<unknown>;
  getSignInResource(connectionName: string, activity: Activity, finalRedirect: string): Promise<SignInUrlResponse>;
  signOutUser(userId: string, connectionName: string, channelId: string): Promise<void>;
}

/** Longest wait for the Token Service: a person waits at a card. */
const patience = 4_000;
const channel = 'msteams';
/** A missing token comes back as `{}`, as nothing, or as 404. */
const tokenAnswer = z.object({ token: z.string().min(1) });
/** 401 and 403 are not among them: those refuse the bot, and not the person. */
const refusals = new Set([400, 404, 412]);
const statusOf = z.object({ statusCode: z.number() });

/** @param connectionName the OAuth connection on the Azure Bot (`OAUTH_CONNECTION_NAME`) */
export function createTokenService(client: () => Promise<TokenClient>, connectionName: string, log: Log): TokenService {
  async function ask(what: string, call: (client: TokenClient) => Promise<unknown>): Promise<AssertionResult> {
    try {
      const answer = tokenAnswer.safeParse(await within(patience, 'the Token Service', client().then(call)));
      return answer.success ? found(answer.data.token, log) : { kind: 'none' };
    } catch (error) {
      const status = statusOf.safeParse(error).data?.statusCode;
      if (status !== undefined && refusals.has(status)) return { kind: 'none' };
      const refused = refusalOfBot(error, status);
      if (refused !== undefined) {
        log.error({ what, status, err: error }, 'the bot itself is not accepted: check its Entra app and credential');
        return { kind: 'problem', problem: refused };
      }
      log.warn({ what, err: error }, 'the Token Service did not answer as it should');
      return { kind: 'problem', problem: { kind: 'signInUnavailable' } };
    }
  }

  return {
    find: ({ chatUserId }) => ask('getUserToken', (tokens) => tokens.getUserToken(chatUserId, connectionName, channel)),
    redeem: ({ chatUserId }, code) =>
      ask('getUserToken', (tokens) => tokens.getUserToken(chatUserId, connectionName, channel, code)),
    exchange: ({ chatUserId }, token) =>
      ask('exchangeToken', (tokens) =>
        tokens.exchangeToken(chatUserId, connectionName, channel, { token: token.reveal() }),
      ),
    async signOut({ chatUserId }) {
      const tokens = await client();
      await within(patience, 'the Token Service', tokens.signOutUser(chatUserId, connectionName, channel));
    },
    async signInResource(activity) {
      const tokens = await client();
      return await within(patience, 'the Token Service', tokens.getSignInResource(connectionName, activity, ''));
    },
  };
}

/** Without a token of its own the bot cannot ask; with one that the Token Service does not take it may not. */
function refusalOfBot(error: unknown, status: number | undefined): Problem | undefined {
  if (status === 401 || status === 403) return { kind: 'botRefused' };
  const problem = judgeExchangeError(error)?.problem;
  return problem?.kind === 'botRefused' ? problem : undefined;
}

/** A token that is no JWT with the claims of a person cannot be checked, and so cannot be used. */
function found(token: string, log: Log): AssertionResult {
  const assertion = new Secret('assertion', token);
  const claims = readAssertionClaims(assertion);
  if (claims !== undefined) return { kind: 'found', assertion, claims };
  log.warn({}, 'the Token Service holds a token that does not say whose it is: check the OAuth connection’s scope');
  return { kind: 'problem', problem: { kind: 'someoneElsesSignIn' } };
}
