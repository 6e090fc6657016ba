/** What the bot answers to one person alone, in a shared conversation or in 1:1. */
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { SayOptions, TeamsClient } from '../sandbox/teams-client.ts';

/** Longest wait for an answer: a loaded machine is slow, a broken bot is silent. */
const patience = 15_000;

/** Types a line and waits for the newest answer that only this person sees. */
export async function askPrivately(
  client: TeamsClient,
  conversation: Conversation,
  line: string,
  options: SayOptions = {},
): Promise<Message> {
  const before = conversation.messages.length;
  await client.say(conversation, line, options);
  const isForThem = (message: Message) => conversation.kind === 'personal' || message.visibleTo === client.person;
  return await conversation.message(
    (message) =>
      message.from === 'bot' &&
      conversation.messages.indexOf(message) >= before &&
      isForThem(message) &&
      !message.text.startsWith('I am still at it'),
    patience,
  );
}
