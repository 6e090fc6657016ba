import { sql } from 'kysely';
import { type Instant, instantOf } from '../../domain/instant.ts';

/**
 * The database's clock to the millisecond, as it is now. Not `now()`, which stands still within a transaction: one that
 * has waited for a lock would date its change before the change that it waited for.
 */
export const clock = sql<Date>`date_trunc('milliseconds', clock_timestamp())`;

/** The moment of a timestamp that the database gave. */
export function momentOf(date: Date): Instant {
  const moment = instantOf(date);
  if (moment === undefined) throw new RangeError('The database gave a date that is none.');
  return moment;
}
