import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Audience, Roster } from '../../domain/audience.ts';
import type { AadObjectId, ConversationId } from '../../domain/ids.ts';
import { clock } from './database-time.ts';
import type { Database } from './schema.ts';

/** What the rosters said, for all replicas together. Conversations are named without their threads. */
export interface AudienceStore {
  /** Who reads along, if the roster was read within so many milliseconds. */
  find(conversation: ConversationId, withinMs: number): Promise<Audience | undefined>;
  note(conversation: ConversationId, roster: Roster): Promise<void>;
  /** The members have changed: the roster has to be read anew. Who was an outsider stays one until then. */
  outdate(conversation: ConversationId): Promise<void>;
  /** Whether the roster that was read last, however long ago, has this person among the outsiders. */
  isOutsider(conversation: ConversationId, person: AadObjectId): Promise<boolean>;
}

const audience = z.enum(['own', 'mixed', 'unknown']);

/** Audiences in PostgreSQL, embedded or not. */
export class SqlAudienceStore implements AudienceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(conversation: ConversationId, withinMs: number): Promise<Audience | undefined> {
    const row = await this.#db
      .selectFrom('audience')
      .select('audience')
      .where('conversation_id', '=', conversation)
      .where('read_at', '>', sql<Date>`clock_timestamp() - ${withinMs} * interval '1 millisecond'`)
      .executeTakeFirst();
    return row === undefined ? undefined : audience.parse(row.audience);
  }

  async note(conversation: ConversationId, roster: Roster): Promise<void> {
    const values = { audience: roster.audience, outsiders: [...roster.outsiders], read_at: clock };
    await this.#db
      .insertInto('audience')
      .values({ conversation_id: conversation, ...values })
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(values))
      .execute();
  }

  async outdate(conversation: ConversationId): Promise<void> {
    await this.#db
      .updateTable('audience')
      .set({ read_at: sql<Date>`clock_timestamp() - interval '1 day'` })
      .where('conversation_id', '=', conversation)
      .execute();
  }

  async isOutsider(conversation: ConversationId, person: AadObjectId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('audience')
      .select('conversation_id')
      .where('conversation_id', '=', conversation)
      .where(sql<boolean>`${person}::uuid = any(outsiders)`)
      .executeTakeFirst();
    return row !== undefined;
  }
}
