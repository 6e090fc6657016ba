import type { Forgery } from './bot-framework.ts';
import { type CardAnswer, type LoginRequest, readCardAnswer } from './card-answer.ts';
import type { CardAction } from './card-reading.ts';
import type { Message } from './conversations.ts';
import type { BotAnswer } from './delivery.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Person } from './people.ts';
import { answerLoginRequest, type ClientKind, type SignInServices } from './sign-in-behaviour.ts';

/** How a button is clicked. */
export interface ClickOptions {
  /** What the person put into the card's inputs, by input id. */
  readonly inputs?: JsonObject;
  /** Clicks the button as it was on an earlier version of the message: 0 is the first, as posted. */
  readonly version?: number;
  /** In place of the button's data, as a forging client would. */
  readonly dataOverride?: JsonObject;
  readonly verbOverride?: string;
  /** Members of `value` to add, as a forging client would: another person's token for one. */
  readonly value?: JsonObject;
  readonly forgery?: Forgery;
}

/** Who clicks, and how their client reaches the bot. */
export interface Clicker {
  readonly person: Person;
  readonly kind: ClientKind;
  readonly services: SignInServices;
  /** Sends an `adaptiveCard/action` with this `value` about the message. */
  readonly invoke: (message: Message, value: JsonObject, forgery: Forgery | undefined) => Promise<BotAnswer>;
}

/** Executes a card's action and treats the answer as this kind of client does. */
export async function executeAction(
  clicker: Clicker,
  message: Message,
  action: CardAction,
  trigger: 'manual' | 'automatic',
  options: ClickOptions,
): Promise<CardAnswer> {
  const { type, title, id } = action;
  const verb = options.verbOverride ?? action.verb;
  const data = options.dataOverride ?? { ...(isObject(action.data) ? action.data : {}), ...options.inputs };
  const value = { action: { type, title, id, verb, data }, trigger, ...options.value };
  const send = async (more: JsonObject) => {
    const edits = message.versions.length;
    const answer = readCardAnswer(await clicker.invoke(message, { ...value, ...more }, options.forgery));
    // A card that was edited meanwhile is newer than this answer: nobody is left with buttons of yesterday.
    if (answer.kind === 'card' && message.versions.length === edits)
      message.ownViews.set(clicker.person.oid, answer.card);
    return answer;
  };
  const first = await send({});
  return first.kind === 'loginRequest' ? signInAndRepeat(clicker, send, first) : first;
}

/** SSO first if the kind does that, then the sign-in page; the last answer counts, the first one if the client gives up. */
async function signInAndRepeat(
  { services, person, kind }: Clicker,
  send: (more: JsonObject) => Promise<CardAnswer>,
  first: Extract<CardAnswer, { kind: 'loginRequest' }>,
): Promise<CardAnswer> {
  let request: LoginRequest = first.request;
  let answer: CardAnswer = first;
  for (const attempt of [1, 2] as const) {
    const more = await answerLoginRequest(services, person, kind, request, attempt);
    if (!more) return answer;
    answer = await send(more);
    if (answer.kind === 'loginRequest') request = answer.request;
    const wantsSignIn = answer.kind === 'loginRequest' || (answer.kind === 'error' && answer.status === 412);
    if (!wantsSignIn || 'state' in more) return answer;
  }
  return answer;
}
