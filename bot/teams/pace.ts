/** Taking turns in a conversation: Teams' limits are kept before a post is sent, for all replicas together. */
import { setTimeout } from 'node:timers/promises';
import type { ChatPace } from '../../src/adapters/store/chat-pace-store.ts';
import { ConversationError } from '../../src/domain/conversation-error.ts';
import type { ConversationId } from '../../src/domain/ids.ts';
import type { Log } from '../../src/ports.ts';
import { within } from '../deadline.ts';
import { rootOf } from './incoming.ts';

/** Longest wait of an answer for its turn, in milliseconds. */
const longestWait = 4_000;
/** An answer that says that the store is away must not wait for the store. */
const storePatience = 500;

/** Counts one post, for a job: it comes again. @throws ConversationError `throttled` when it is not its turn yet */
export async function takeTurn(pace: ChatPace, conversation: ConversationId): Promise<void> {
  const answer = await pace.take(rootOf(conversation));
  if (answer.kind === 'taken') return;
  const { retryAfterMs } = answer;
  throw new ConversationError('throttled', 'it is not its turn yet in the conversation', { retryAfterMs });
}

/**
 * Counts one post, for somebody who waits for an answer, and waits until it is its turn; not longer than is good for them,
 * nor for a store that is away: then Teams decides whether it takes the post.
 */
export async function waitForTurn(pace: ChatPace, conversation: ConversationId, log: Log): Promise<void> {
  const until = performance.now() + longestWait;
  try {
    for (;;) {
      const answer = await within(storePatience, 'the store', pace.take(rootOf(conversation)));
      if (answer.kind === 'taken') return;
      if (performance.now() + answer.retryAfterMs > until) break;
      await setTimeout(answer.retryAfterMs);
    }
    log.warn({ conversation }, 'an answer goes out although it is not its turn');
  } catch (err) {
    log.warn({ err, conversation }, 'an answer goes out uncounted');
  }
}
