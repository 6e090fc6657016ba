import { z } from 'zod';
import { cardText } from './card-reading.ts';
import type { BotAnswer } from './delivery.ts';
import { isObject, type JsonObject } from './json.ts';

/** A login request, as far as a client uses it (teams-platform.md, 'Sign-in'). */
export interface LoginRequest {
  readonly connectionName: string;
  /** What the client sends back with an SSO token; undefined: the bot offers no SSO. */
  readonly exchangeId: string | undefined;
  /** The sign-in link of the button; undefined if there is none. */
  readonly link: string | undefined;
}

/** What came of a click. */
export type CardAnswer =
  | { readonly kind: 'card'; readonly card: JsonObject; readonly text: string }
  | { readonly kind: 'message'; readonly text: string }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly type: string;
      readonly code: string;
      readonly text: string;
    }
  | { readonly kind: 'loginRequest'; readonly request: LoginRequest }
  /** The HTTP status was not 200, or the body is none that Teams understands: the person sees 'Something went wrong'. */
  | { readonly kind: 'unusable'; readonly status: number; readonly body: string }
  /** An `Action.OpenUrl`: the bot does not learn of it. */
  | { readonly kind: 'opened'; readonly url: string };

const prefix = 'application/vnd.microsoft.';
const envelope = z.object({ statusCode: z.number(), type: z.string(), value: z.json().optional() });
const loginShape = z.object({
  connectionName: z.string(),
  tokenExchangeResource: z.object({ id: z.string().min(1) }).nullish(),
  buttons: z.array(z.object({ type: z.string(), value: z.string() })).nullish(),
});
const errorShape = z.object({ code: z.string(), message: z.string() });

/** Reads the answer to an `adaptiveCard/action` invoke as a Teams client does ('Universal Actions', Microsoft's page). */
export function readCardAnswer(answer: BotAnswer): CardAnswer {
  const parsed = envelope.safeParse(answer.body);
  if (answer.status !== 200 || !parsed.success) return unusable(answer);
  const { statusCode, type, value } = parsed.data;
  if (statusCode === 200 && type === `${prefix}card.adaptive` && isObject(value)) {
    return { kind: 'card', card: value, text: cardText(value) };
  }
  if (statusCode === 200 && type === `${prefix}activity.message` && typeof value === 'string')
    return { kind: 'message', text: value };
  if (statusCode === 401 && type === `${prefix}activity.loginRequest`) {
    const login = loginShape.safeParse(value);
    return login.success ? { kind: 'loginRequest', request: loginRequest(login.data) } : unusable(answer);
  }
  const error = errorShape.safeParse(value);
  if (!type.startsWith(`${prefix}error`) || statusCode < 400) return unusable(answer);
  const { code, message } = error.success ? error.data : { code: '', message: '' };
  return { kind: 'error', status: statusCode, type, code, text: message };
}

/** What the person sees of the answer, as text. */
export function cardAnswerText(answer: CardAnswer): string {
  switch (answer.kind) {
    case 'card':
    case 'message':
      return answer.text;
    case 'error':
      return `error ${answer.status} ${answer.code}: ${answer.text}`;
    case 'loginRequest':
      return 'a request to sign in, which the client drops';
    case 'unusable':
      return `HTTP ${answer.status}, nothing that Teams understands`;
    case 'opened':
      return `opens ${answer.url}`;
  }
}

function loginRequest(login: z.infer<typeof loginShape>): LoginRequest {
  return {
    connectionName: login.connectionName,
    exchangeId: login.tokenExchangeResource?.id,
    link: login.buttons?.find(({ type }) => type === 'signin')?.value,
  };
}

function unusable({ status, body }: BotAnswer): CardAnswer {
  return { kind: 'unusable', status, body: JSON.stringify(body) ?? '' };
}
