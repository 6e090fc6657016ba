import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { RequestId } from '../../domain/ids.ts';
import type { Posted, PostKind, PostStore } from '../../ports.ts';
import { clock } from './database-time.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Database } from './schema.ts';
import { activityId, conversationId } from './wire-values.ts';

/** What has been posted of a request, one row per card or message. */
export class SqlPostStore implements PostStore {
  readonly #db: Kysely<Database>;
  readonly #dead: DeadLetters;

  constructor(db: Kysely<Database>, dead: DeadLetters) {
    this.#db = db;
    this.#dead = dead;
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
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('post').where(isOf(posted)).where('request_id', '!=', request).execute();
      await trx
        .insertInto('post')
        .values({ request_id: request, what, ...values })
        .onConflict((conflict) =>
          conflict.columns(['request_id', 'what']).doUpdateSet({ ...values, updated_at: clock }),
        )
        .execute();
    });
  }

  async noteEdit(request: RequestId, what: PostKind, { activity, fingerprint }: Posted): Promise<void> {
    await this.#db
      .updateTable('post')
      .set({ fingerprint, updated_at: clock })
      .where('request_id', '=', request)
      .where('what', '=', what)
      .where('activity_id', '=', activity)
      .execute();
  }

  async adopt(request: RequestId, card: Omit<Posted, 'fingerprint'>): Promise<boolean> {
    const { conversation, activity } = card;
    const made = sql<{ what: string }>`
      insert into post (request_id, what, conversation_id, activity_id, fingerprint)
      select ${request}::uuid,
        case when exists (select from post where request_id = ${request} and what = 'card') then 'orphan' else 'card' end,
        ${conversation}, ${activity}, ''
      where not exists (select from post where ${isOf(card)})
      on conflict do nothing
      returning what`;
    return (await made.execute(this.#db)).rows.length > 0;
  }

  undelivered(requests: readonly RequestId[]): Promise<ReadonlySet<RequestId>> {
    return this.#dead.undelivered(requests);
  }
}

/** An activity's id is unique within its conversation, whichever thread names it. */
function isOf({ conversation, activity }: Omit<Posted, 'fingerprint'>) {
  const root = (id: RawBuilder<string>) => sql`split_part(${id}, ';messageid=', 1)`;
  return sql<boolean>`activity_id = ${activity}
    and ${root(sql`conversation_id`)} = ${root(sql`${conversation}::text`)}`;
}
