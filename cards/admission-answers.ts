/** Answers to whoever is not let in: polite, and without a word about anybody's devices. */
import type { FloodSide } from '../src/domain/flood.ts';
import { answer } from './chat-message.ts';
import { code } from './words.ts';

/** More was asked than anybody can want; said once, then nothing for a minute. */
export function tooMuchAnswer({
  whose,
  retryAfterMs,
}: {
  readonly whose: FloodSide;
  readonly retryAfterMs: number;
}): string {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  switch (whose) {
    case 'person':
      return answer`That was more than I can take from one person in a minute, so I did nothing with it. Please try again in ${seconds} s. ${code('/cancel')} and ${code('/signout')} work all the same.`;
    case 'conversation':
      return answer`There was more in this conversation than I can take in a minute, so I did nothing with it. Please try again in ${seconds} s, or write to me in 1:1. ${code('/cancel')} and ${code('/signout')} work all the same.`;
  }
}

/** It was sent long ago. */
export function staleAnswer(): string {
  return answer`That reached me more than 15 minutes after it was sent, so I did nothing with it. Please send it or press it again.`;
}
