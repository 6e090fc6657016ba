import type { Kysely } from 'kysely';
import type { RequestId } from '../../domain/ids.ts';
import type { Posted, PostKind, PostStore } from '../../ports.ts';
import { clock } from './database-time.ts';
import type { Database } from './schema.ts';
import { activityId, conversationId } from './wire-values.ts';

/** What has been posted of a request, one row per card or message. */
export class SqlPostStore implements PostStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async posted(request: RequestId, what: PostKind): Promise<Posted | undefined> {
    const row = await this.#db
      .selectFrom('post')
      .select(['conversation_id', 'activity_id', 'fingerprint'])
      .where('request_id', '=', request)
      .where('what', '=', what)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      conversation: conversationId.parse(row.conversation_id),
      activity: activityId.parse(row.activity_id),
      fingerprint: row.fingerprint,
    };
  }

  async note(request: RequestId, what: PostKind, posted: Posted): Promise<void> {
    const { conversation, activity, fingerprint } = posted;
    const values = { conversation_id: conversation, activity_id: activity, fingerprint };
    await this.#db
      .insertInto('post')
      .values({ request_id: request, what, ...values })
      .onConflict((conflict) => conflict.columns(['request_id', 'what']).doUpdateSet({ ...values, updated_at: clock }))
      .execute();
  }
}
