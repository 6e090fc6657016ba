import { type Kysely, sql } from 'kysely';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { Database } from './schema.ts';

/**
 * The database's clock to the millisecond, as it is now. Not `now()`, which stands still within a transaction: one that
 * has waited for a lock would date its change before the change that it waited for.
 */
export const clock = sql<Date>`date_trunc('milliseconds', clock_timestamp())`;

/** That clock, read. Within a transaction read it after the locks, so that a moment written later is later. */
export async function nowIn(db: Kysely<Database>): Promise<Instant> {
  const { now } = await db.selectNoFrom(clock.as('now')).executeTakeFirstOrThrow();
  return momentOf(now);
}

/** The moment of a timestamp that the database gave. */
export function momentOf(date: Date): Instant {
  const moment = instantOf(date);
  if (moment === undefined) throw new RangeError('The database gave a date that is none.');
  return moment;
}
