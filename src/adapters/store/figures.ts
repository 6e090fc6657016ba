/** What is true of all replicas together, in numbers: read from the tables when somebody asks, and kept nowhere else. */
import { type Kysely, sql } from 'kysely';
import { type DefenderApi, defenderApis, type KeptLimit, keptLimits } from '../../domain/call-budget.ts';
import { clock } from './database-time.ts';
import { type QueueName, queueNames } from './job-payloads.ts';
import { deadLetterQueue, waitSeconds } from './queues.ts';
import type { Database } from './schema.ts';

/** One queue. */
export interface QueueFigures {
  readonly queue: QueueName;
  /** Jobs that are due and not done, those at work included. */
  readonly due: number;
  /** How long the oldest of them has been due, in milliseconds; 0 where there is none. */
  readonly oldestMs: number;
  /** Jobs that were given up. */
  readonly dead: number;
}

/** What an API of Defender still takes, from all replicas together. */
export interface ApiFigures {
  readonly api: DefenderApi;
  readonly left: { readonly [Window in KeptLimit['window']]: number };
  /** How long nobody calls it because of a 429, in milliseconds. */
  readonly pausedMs: number;
}

/** All of it. */
export interface StoreFigures {
  /**
   * How many there are of each outcome: the state of a collection, or of a request that has none (yet). What there is none
   * of is left out.
   */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Every queue. */
  readonly queues: readonly QueueFigures[];
  /** Every API. */
  readonly apis: readonly ApiFigures[];
}

/** Reads them, without any lock: a figure may be a moment older than the next. */
export async function readFigures(db: Kysely<Database>): Promise<StoreFigures> {
  return { outcomes: await readOutcomes(db), queues: await readQueues(db), apis: await readApis(db) };
}

async function readOutcomes(db: Kysely<Database>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('request')
    .leftJoin('collection', 'collection.request_id', 'request.id')
    .select([
      sql<string>`coalesce(collection.state, request.state)`.as('outcome'),
      sql<number>`count(*)::integer`.as('count'),
    ])
    .groupBy('outcome')
    .execute();
  return new Map(rows.map(({ outcome, count }) => [outcome, count]));
}

/** A failed attempt moves `start_after`, so that a job was first due is read from `keep_until`, which it does not move. */
async function readQueues(db: Kysely<Database>): Promise<readonly QueueFigures[]> {
  const firstDue = sql<Date>`keep_until - ${waitSeconds} * interval '1 second'`;
  const { rows: waiting } = await sql<{ name: string; due: number; oldest: number }>`
    select name, count(*)::integer as due,
      max(extract(epoch from ${clock} - (${firstDue})))::double precision * 1000 as oldest
    from pgboss.job
    where state in ('created', 'retry', 'active') and name in (${sql.join(queueNames)}) and ${firstDue} <= ${clock}
    group by name`.execute(db);
  const { rows: dead } = await sql<{ name: string; count: number }>`
    select source_name as name, count(*)::integer as count from pgboss.job
    where name = ${deadLetterQueue} and state = 'created' group by source_name`.execute(db);
  const due = new Map(waiting.map((row) => [row.name, row]));
  const given = new Map(dead.map(({ name, count }) => [name, count]));
  return queueNames.map((queue) => ({
    queue,
    due: due.get(queue)?.due ?? 0,
    oldestMs: Math.max(0, due.get(queue)?.oldest ?? 0),
    dead: given.get(queue) ?? 0,
  }));
}

async function readApis(db: Kysely<Database>): Promise<readonly ApiFigures[]> {
  const limits = defenderApis.flatMap((api) => keptLimits(api).map((limit) => ({ api, ...limit })));
  const list = limits.map(({ api, window, withinMs }) => sql`(${api}::text, ${window}::text, ${withinMs}::integer)`);
  const { rows: used } = await sql<{ api: string; window: string; used: number }>`
    select kept.api, kept."window", count(defender_call.at)::integer as used
    from (values ${sql.join(list)}) as kept (api, "window", within_ms)
    left join defender_call on defender_call.api = kept.api
      and defender_call.at > ${clock} - kept.within_ms * interval '1 millisecond'
    group by kept.api, kept."window"`.execute(db);
  const pauses = await db
    .selectFrom('defender_api')
    .select(['api', sql<number>`extract(epoch from paused_until - ${clock})::double precision * 1000`.as('ms')])
    .where('paused_until', '>', clock)
    .execute();
  const usedOf = (api: string, window: string) => used.find((row) => row.api === api && row.window === window)?.used;
  return defenderApis.map((api) => {
    const left = (window: KeptLimit['window']) => {
      const calls = keptLimits(api).find((limit) => limit.window === window)?.calls ?? 0;
      return Math.max(0, calls - (usedOf(api, window) ?? 0));
    };
    const pausedMs = pauses.find((row) => row.api === api)?.ms ?? 0;
    return { api, left: { minute: left('minute'), hour: left('hour') }, pausedMs };
  });
}
