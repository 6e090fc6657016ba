/** What the tab's API says in words, in the Markdown of our messages. */
import type { LastKnown } from '../src/domain/listing.ts';
import { answer, messageText } from './chat-message.ts';
import { problemWords } from './problem-words.ts';
import { code, inOneLine, words } from './words.ts';

/** A button that the tab does not show was pressed. */
export function notInTabAnswer(): string {
  return answer`That works in the conversation only, on the card there.`;
}

/** There is no such request or action, or Defender does not show it to them. */
export function notShownAnswer(): string {
  return answer`Defender shows you no such collection. It may be on a device that you may not see, or be older than what is kept. Write ${code('/history <device>')} to me in a chat for what there is.`;
}

/** Entra or Defender wants a sign-in that proves more than the one in Teams. */
export function moreProofAnswer(): string {
  return answer`Defender wants more proof of who you are than your sign-in to Teams gives. Write ${code('/status')} to me in our 1:1 chat: the sign-in there asks for it. What you wanted here, do there.`;
}

/** Why a list shows what was known last. */
export function lastKnownNote({ why, problem }: LastKnown): string {
  const said = problem === undefined ? [] : [problemWords(problem).what];
  const next = why === 'signIn' ? [words`Your sign-in to Teams is not enough for Defender.`] : [];
  return messageText(
    inOneLine(
      ...said,
      ...next,
      words`This is what I knew last of your own requests. Please try again in a minute, or write ${code('/status')} to me in our 1:1 chat.`,
    ),
  );
}
