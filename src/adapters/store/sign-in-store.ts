import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Every client that a person has open answers one sign-in prompt, each with the same exchange id: only one counts. */
export interface SignInStore {
  /**
   * Whether this `signin/tokenExchange` is the first of its id within 5 minutes, over all replicas.
   * @param exchangeId `value.id` of the invoke; what the client wrote, so kept as a hash, whatever it holds
   */
  firstTime(exchangeId: string): Promise<boolean>;
}

/** Exchange ids in PostgreSQL, embedded or not; ids older than 5 minutes are swept out with every question. */
export class SqlSignInStore implements SignInStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async firstTime(exchangeId: string): Promise<boolean> {
    const longAgo = sql<Date>`clock_timestamp() - interval '5 minutes'`;
    await this.#db.deleteFrom('sign_in_exchange').where('seen_at', '<', longAgo).execute();
    const made = await this.#db
      .insertInto('sign_in_exchange')
      .values({ id: createHash('sha256').update(exchangeId).digest('hex') })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    return made !== undefined;
  }
}
