/** What the tab's API says in words, in the Markdown of our messages. */
import type { LastKnown } from '../src/domain/listing.ts';
import { messageText } from './chat-message.ts';
import type { Catalogue } from './language/catalogue.ts';
import { problemWords } from './problem-words.ts';
import { inOneLine } from './words.ts';

/** A button that the tab does not show was pressed. */
export function notInTabAnswer({ tabAnswers }: Catalogue): string {
  return messageText(tabAnswers.notInTab);
}

/** There is no such request or action, or Defender does not show it to them. */
export function notShownAnswer({ tabAnswers }: Catalogue): string {
  return messageText(tabAnswers.notShown);
}

/** Entra or Defender wants a sign-in that proves more than the one in Teams. */
export function moreProofAnswer({ tabAnswers }: Catalogue): string {
  return messageText(tabAnswers.moreProof);
}

/** Why a list shows what was known last. */
export function lastKnownNote(say: Catalogue, { why, problem }: LastKnown): string {
  const said = problem === undefined ? [] : [problemWords(say, problem).what];
  const next = why === 'signIn' ? [say.tabAnswers.notEnough] : [];
  return messageText(inOneLine(...said, ...next, say.tabAnswers.lastKnown));
}
