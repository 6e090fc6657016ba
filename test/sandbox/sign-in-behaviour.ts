import { z } from 'zod';
import type { LoginRequest } from './card-answer.ts';
import { attachmentsOf } from './card-reading.ts';
import type { Message } from './conversations.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { JsonObject } from './json.ts';
import type { Person } from './people.ts';
import type { TokenService } from './token-service.ts';

/**
 * How a client treats a request to sign in: gets a token silently; opens the sign-in page and comes back with a code; or
 * drops it, as some do in channels (teams-platform.md, 'Sign-in').
 */
export type ClientKind = 'sso' | 'code' | 'dropped';

/** What a client's sign-in needs of the cloud. */
export interface SignInServices {
  readonly tokens: EntraTokens;
  readonly tokenService: TokenService;
}

/**
 * The members that a client adds to `value` when it repeats an invoke that was answered by a login request: first by SSO
 * if its kind does that, and where this did not help (`attempt` 2) by the sign-in page. Undefined: the client gives up.
 */
export async function answerLoginRequest(
  services: SignInServices,
  person: Person,
  kind: ClientKind,
  request: LoginRequest,
  attempt: 1 | 2,
): Promise<JsonObject | undefined> {
  if (kind === 'dropped') return undefined;
  const { connectionName, exchangeId, link } = request;
  if (kind === 'sso' && attempt === 1 && exchangeId !== undefined) {
    const { token } = await services.tokens.sso(person);
    return { authentication: { id: exchangeId, connectionName, token } };
  }
  if (link === undefined) return undefined;
  return { state: await services.tokenService.completeSignIn(link, person, 'code') };
}

const oauthCard = z.object({
  connectionName: z.string(),
  tokenExchangeResource: z.object({ id: z.string() }).nullish(),
});

/** The `value` of the `signin/tokenExchange` with which a client answers an OAuthCard, or undefined if it has none for SSO. */
export async function answerOAuthCard(
  tokens: EntraTokens,
  person: Person,
  activity: JsonObject,
): Promise<JsonObject | undefined> {
  for (const content of attachmentsOf(activity, 'application/vnd.microsoft.card.oauth')) {
    const card = oauthCard.safeParse(content);
    const id = card.success ? card.data.tokenExchangeResource?.id : undefined;
    if (!card.success || id === undefined) continue;
    const { token } = await tokens.sso(person);
    return { id, connectionName: card.data.connectionName, token };
  }
  return undefined;
}

/** True if the activity carries an OAuthCard. */
export function hasOAuthCard(activity: JsonObject): boolean {
  return attachmentsOf(activity, 'application/vnd.microsoft.card.oauth').length > 0;
}

/** The sign-in link anywhere in a message, whatever kind of card or text carries it. Throws if there is none. */
export function signInLinkIn(message: Message, tokenService: TokenService): string {
  const text = JSON.stringify(message.activity);
  const start = text.indexOf(`${tokenService.url}/api/oauth/signin?signin=`);
  const link = start < 0 ? undefined : /^[^"'\\\s)<]+/.exec(text.slice(start))?.[0];
  if (link === undefined) throw new Error(`The message carries no sign-in link:\n${message.content}`);
  return link;
}
