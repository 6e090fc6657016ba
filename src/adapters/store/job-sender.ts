/** Puts jobs into the queues, within the transaction that makes them necessary. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { AadObjectId } from '../../domain/ids.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { clock, momentOf, nowIn } from './database-time.ts';
import type { Job } from './job-payloads.ts';
import type { PlannedJob } from './planned-job.ts';
import type { Database } from './schema.ts';

/** Sends planned jobs. */
export class JobSender {
  readonly #boss: PgBoss;

  constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /**
   * Sends the jobs of one change.
   * @param now the moment of the change: what is due by then is due at once
   */
  async send(trx: Transaction<Database>, jobs: readonly PlannedJob[], now: Instant): Promise<void> {
    for (const job of jobs.toSorted(byLock)) await this.#sendOne(trx, job, now);
  }

  async #sendOne(trx: Transaction<Database>, job: PlannedJob, now: Instant): Promise<void> {
    switch (job.queue) {
      case 'announce':
      case 'lookUp':
        return this.#coalesce(trx, job, job.payload.request, startAfter(job.dueAt, now));
      case 'retain':
        return this.#coalesce(trx, job, 'all', startAfter(job.dueAt, now));
      case 'follow': {
        const dueAt = await planSweep(trx, job.payload.watcher, job.dueAt);
        return this.#coalesce(trx, job, job.payload.watcher, startAfter(dueAt, now));
      }
      case 'submit':
        return this.#add(trx, job, now, job.device);
      case 'expire':
      case 'offerSignIn':
      case 'chainAudit':
        return this.#add(trx, job, now);
    }
    job satisfies never;
  }

  /**
   * One waiting job per key. Updating the waiting one locks it, and workers pass over locked jobs: none can take it, and
   * act on what was true before, until this transaction has ended.
   */
  async #coalesce(trx: Transaction<Database>, job: PlannedJob, key: string, start: Date | 0): Promise<void> {
    const options = { singletonKey: key, startAfter: start, db: fromKysely(trx) };
    await this.#boss.upsert(job.queue, job.payload, options);
  }

  async #add(trx: Transaction<Database>, job: PlannedJob, now: Instant, key?: string): Promise<void> {
    const singletonKey = key === undefined ? {} : { singletonKey: key };
    const options = { ...singletonKey, startAfter: startAfter(job.dueAt, now), db: fromKysely(trx) };
    await this.#boss.send(job.queue, job.payload, options);
  }

  /** Sends one job, due `afterMs` from now; one that waits already under the same key takes the new time. */
  async sendLater(db: Kysely<Database>, job: Job, afterMs: number): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const now = await nowIn(trx);
      await this.send(trx, [{ ...job, dueAt: later(now, afterMs) }], now);
    });
  }
}

/** Notes that a watcher's sweep has begun: from now on a plan is for the one after it. */
export async function beginSweep(db: Kysely<Database>, watcher: AadObjectId): Promise<void> {
  await db
    .updateTable('watch')
    .set({ next_sweep_at: null })
    .where('watcher_oid', '=', watcher)
    .where('next_sweep_at', '<=', clock)
    .execute();
}

/**
 * Brings a watcher's next sweep forward to `dueAt`, never back: also a sweep that is overdue and waits for a worker
 * keeps its place. Locks the watcher's row, so that two changes cannot each think that no job waits.
 */
async function planSweep(trx: Transaction<Database>, watcher: AadObjectId, dueAt: Instant): Promise<Instant> {
  const row = await trx
    .insertInto('watch')
    .values({ watcher_oid: watcher, next_sweep_at: new Date(dueAt) })
    .onConflict((conflict) =>
      conflict.column('watcher_oid').doUpdateSet({
        next_sweep_at: sql<Date>`least(watch.next_sweep_at, excluded.next_sweep_at)`,
      }),
    )
    .returning('next_sweep_at')
    .executeTakeFirstOrThrow();
  return row.next_sweep_at === null ? dueAt : momentOf(row.next_sweep_at);
}

/** 0 is 'at once' in the words of pg-boss; only such a job wakes a worker. */
function startAfter(dueAt: Instant, now: Instant): Date | 0 {
  return dueAt <= now ? 0 : new Date(dueAt);
}

/** Watchers in one order for everybody: two changes that bring forward the same sweeps must not wait for each other. */
function byLock(one: PlannedJob, other: PlannedJob): number {
  if (one.queue !== 'follow' || other.queue !== 'follow')
    return Number(one.queue === 'follow') - Number(other.queue === 'follow');
  return one.payload.watcher < other.payload.watcher ? -1 : Number(one.payload.watcher > other.payload.watcher);
}
