import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { type PaceAnswer, type PaceLedger, ruleOnPost, withPost } from '../../domain/chat-pace.ts';
import type { ConversationId } from '../../domain/ids.ts';
import { later } from '../../domain/instant.ts';
import { clock, momentOf, nowIn } from './database-time.ts';
import type { Database } from './schema.ts';
import { instant } from './wire-values.ts';

/** Teams' limits on what a bot writes, counted for all replicas together. */
export interface ChatPace {
  /**
   * Takes the right to one post or edit, or says when to ask again. What it answers is stored before: a crash may waste a
   * post, and never makes one too many.
   * @param conversation without a thread: Teams counts the channel
   */
  take(conversation: ConversationId): Promise<PaceAnswer>;
  /** Teams said 429: nobody writes there for so many milliseconds. */
  pause(conversation: ConversationId, ms: number): Promise<void>;
}

/** The row of all conversations together; no conversation is called so. */
const everywhere = '*';
const moments = z.array(instant);

/** The pace in PostgreSQL, embedded or not: a row per conversation, whose lock lets replicas take one after the other. */
export class SqlChatPace implements ChatPace {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async take(conversation: ConversationId): Promise<PaceAnswer> {
    return this.#db.transaction().execute(async (trx) => {
      const here = await readLocked(trx, conversation);
      const inAll = await readLocked(trx, everywhere);
      const now = await nowIn(trx);
      const answer = ruleOnPost(here, inAll, now);
      if (answer.kind === 'none') return answer;
      await write(trx, conversation, withPost(here, now));
      await write(trx, everywhere, withPost(inAll, now));
      return answer;
    });
  }

  async pause(conversation: ConversationId, ms: number): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { pausedUntil = 0 } = await readLocked(trx, conversation);
      const until = later(await nowIn(trx), ms);
      const paused_until = new Date(Math.max(until, pausedUntil));
      await trx.updateTable('chat_pace').set({ paused_until }).where('conversation_id', '=', conversation).execute();
    });
  }
}

/** Locks the row, making it if need be: whoever waited for the lock sees what its holder wrote. */
async function readLocked(trx: Transaction<Database>, conversation: string): Promise<PaceLedger> {
  const row = await trx
    .insertInto('chat_pace')
    .values({ conversation_id: conversation, posts: '[]' })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet({ conversation_id: conversation }))
    .returning(['posts', 'paused_until'])
    .executeTakeFirstOrThrow();
  const posts = moments.parse(row.posts);
  return row.paused_until === null ? { posts } : { posts, pausedUntil: momentOf(row.paused_until) };
}

async function write(trx: Transaction<Database>, conversation: string, { posts }: PaceLedger): Promise<void> {
  await trx
    .updateTable('chat_pace')
    .set({ posts: JSON.stringify(posts), updated_at: clock })
    .where('conversation_id', '=', conversation)
    .execute();
}
