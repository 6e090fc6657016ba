/** Answers to whoever is not let in: polite, and without a word about anybody's devices. */
import type { FloodSide } from '../src/domain/flood.ts';
import { messageText } from './chat-message.ts';
import type { Catalogue } from './language/catalogue.ts';

/** More was asked than anybody can want; said once, then nothing for a minute. */
export function tooMuchAnswer(
  { admission }: Catalogue,
  { whose, retryAfterMs }: { readonly whose: FloodSide; readonly retryAfterMs: number },
): string {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  switch (whose) {
    case 'person':
      return messageText(admission.tooMuchByPerson(seconds));
    case 'conversation':
      return messageText(admission.tooMuchInConversation(seconds));
  }
}

/** It was sent long ago. */
export function staleAnswer({ admission }: Catalogue): string {
  return messageText(admission.stale);
}
