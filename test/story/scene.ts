/** One request in a shared conversation, told apart from all others by its reason. */
import type { CardAnswer } from '../sandbox/card-answer.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { SayOptions, TeamsClient } from '../sandbox/teams-client.ts';

/** Longest wait for a step of a story: a loaded machine is slow, a broken bot is silent. */
const patience = 30_000;
let alerts = 1000;

/** What one person asked for, and what they then see. */
export interface Scene {
  readonly reason: string;
  /** The message that was typed. */
  readonly asked: Message;
  readonly conversation: Conversation;
  /** The card of this request once it has this button or this text. */
  card(shows: string | RegExp): Promise<Message>;
  /** The bot's text message that mentions the requester, in the thread of the card. */
  closing(shows: string | RegExp): Promise<Message>;
  /** Presses a button of the card as it stands once it has that button. */
  press(title: string): Promise<CardAnswer>;
  /** Takes the request back if it still waits, so that it offers nobody a sign-in during the next story. */
  end(): Promise<void>;
}

/** Types `/collect <device> <a reason of its own>`. */
export async function ask(
  client: TeamsClient,
  conversation: Conversation,
  device: string,
  options: SayOptions & { readonly command?: string } = {},
): Promise<Scene> {
  alerts += 1;
  const reason = `suspicious logon, alert ${alerts}`;
  const before = conversation.messages.length;
  const { message } = await client.say(conversation, `${options.command ?? '/collect'} ${device} ${reason}`, options);
  return sceneOf(client, conversation, reason, message, before);
}

/** A scene whose message was said already. */
export function sceneOf(
  client: TeamsClient,
  conversation: Conversation,
  reason: string,
  asked: Message,
  before: number,
): Scene {
  const since = (message: Message) => conversation.messages.indexOf(message) >= before;
  const card = (shows: string | RegExp) =>
    conversation.card((message) => since(message) && message.content.includes(reason) && has(message, shows), patience);
  return {
    reason,
    asked,
    conversation,
    card,
    closing: (shows) =>
      conversation.message(
        (message) => since(message) && message.cards.length === 0 && /<at>/.test(message.text) && has(message, shows),
        patience,
      ),
    press: async (title) => await client.click(await card(title), title),
    end: async () => {
      const open = conversation.messages.findLast((message) => since(message) && message.content.includes(reason));
      if (open?.buttons.includes('Cancel')) await client.click(open, 'Cancel');
    },
  };
}

function has(message: Message, shows: string | RegExp): boolean {
  if (shows instanceof RegExp) return shows.test(message.content);
  return message.buttons.includes(shows) || message.content.includes(shows);
}
