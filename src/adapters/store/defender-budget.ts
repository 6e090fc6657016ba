import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type CallAnswer,
  type CallLedger,
  type CallWish,
  type CountedCall,
  callMemory,
  type DefenderApi,
  pauseCalls,
  ruleOnCall,
} from '../../domain/call-budget.ts';
import { type Instant, later } from '../../domain/instant.ts';
import type { DefenderBudget } from '../../ports.ts';
import { momentOf, nowIn } from './database-time.ts';
import type { Database } from './schema.ts';

/**
 * The budget in PostgreSQL, embedded or not: one row per call of the last hour, and one row per API whose lock lets
 * replicas take one after the other. The moments are the database's, read under that lock.
 */
export class SqlDefenderBudget implements DefenderBudget {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async take(wish: CallWish): Promise<CallAnswer> {
    return this.#db.transaction().execute(async (trx) => {
      const { ledger, now } = await readLocked(trx, wish.api);
      const { answer, removed, added } = ruleOnCall(ledger, wish, now);
      if (removed !== undefined) await remove(trx, wish.api, removed);
      if (added !== undefined) await add(trx, wish.api, added, now);
      return answer;
    });
  }

  async pause(api: DefenderApi, ms: number): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { ledger, now } = await readLocked(trx, api);
      const { pausedUntil, turnsLaterMs } = pauseCalls(ledger, ms, now);
      await trx
        .updateTable('defender_api')
        .set({ paused_until: new Date(pausedUntil) })
        .where('api', '=', api)
        .execute();
      if (turnsLaterMs === 0) return;
      await trx
        .updateTable('defender_call')
        .set({ at: sql<Date>`at + ${turnsLaterMs} * interval '1 millisecond'` })
        .where('api', '=', api)
        .where('turn_of', 'is not', null)
        .where('at', '>', new Date(now))
        .execute();
    });
  }
}

/** Locks the API's row, then looks at the clock and the calls: whoever waited for the lock sees what its holder wrote. */
async function readLocked(
  trx: Transaction<Database>,
  api: DefenderApi,
): Promise<{ readonly ledger: CallLedger; readonly now: Instant }> {
  const locked = await trx
    .insertInto('defender_api')
    .values({ api })
    .onConflict((conflict) => conflict.column('api').doUpdateSet({ api }))
    .returning(['paused_until'])
    .executeTakeFirstOrThrow();
  const now = await nowIn(trx);
  const rows = await trx
    .selectFrom('defender_call')
    .select(['at', 'priority', 'turn_of'])
    .where('api', '=', api)
    .where('at', '>', new Date(later(now, -callMemory)))
    .orderBy('at')
    .execute();
  const pause = locked.paused_until === null ? {} : { pausedUntil: momentOf(locked.paused_until) };
  return { ledger: { ...pause, calls: rows.map(countedCall) }, now };
}

function countedCall(row: {
  readonly at: Date;
  readonly priority: 'person' | 'background';
  readonly turn_of: string | null;
}): CountedCall {
  const turn = row.turn_of === null ? {} : { turnOf: row.turn_of };
  return { at: momentOf(row.at), priority: row.priority, ...turn };
}

async function remove(trx: Transaction<Database>, api: DefenderApi, { turnOf = '' }: CountedCall): Promise<void> {
  await trx.deleteFrom('defender_call').where('api', '=', api).where('turn_of', '=', turnOf).execute();
}

/** What no limit looks at any more goes with every new call. */
async function add(trx: Transaction<Database>, api: DefenderApi, call: CountedCall, now: Instant): Promise<void> {
  const forgotten = new Date(later(now, -callMemory));
  await trx.deleteFrom('defender_call').where('api', '=', api).where('at', '<=', forgotten).execute();
  await trx
    .insertInto('defender_call')
    .values({ api, at: new Date(call.at), priority: call.priority, turn_of: call.turnOf ?? null })
    .execute();
}
