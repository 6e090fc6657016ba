/** Connections to a PostgreSQL server that may restart, fail over, or fall silent at any time. */
import pg from 'pg';
import { z } from 'zod';
import { second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';

/**
 * Nothing waits for the database for ever. The server ends a statement that takes longer, which is the usual way; a
 * server that is not heard of is given up a little later. A transaction that does nothing for long (its process stands
 * still) loses its session, and with it its locks.
 */
const patience = {
  connectionTimeoutMillis: 4 * second,
  statement_timeout: 8 * second,
  query_timeout: 9 * second,
  idle_in_transaction_session_timeout: 20 * second,
} as const;

/** Jobs wait longer, since nobody waits for them, and since upkeep of the queues and its tables may take its time. */
export const jobPatience = { ...patience, statement_timeout: 40 * second, query_timeout: 45 * second } as const;

/** Opens a pool with `patience`; a connection that breaks is replaced, and the log says so. */
export function openPool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...shared(url), ...patience, max: 10 });
  // Without a listener a server that restarts would end the process: idle, or between two statements of a transaction.
  pool.on('error', (err) => log.warn({ err }, 'a database connection broke'));
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'a database connection broke at work'));
  });
  // After a time-out the connection still waits for its answer: whoever got it next would wait behind it.
  pool.on('release', (_error, client) => {
    if (isBusy(client)) client.end().catch((err: unknown) => log.warn({ err }, 'a silent connection was not closed'));
  });
  return pool;
}

/** For work that may take as long as it takes: changing tables. */
export function openPatientPool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...shared(url), connectionTimeoutMillis: patience.connectionTimeoutMillis, max: 1 });
  pool.on('error', (err) => log.warn({ err }, 'a database connection broke'));
  return pool;
}

function shared(connectionString: string) {
  return { connectionString, application_name: 'collector', keepAlive: true };
}

const state = z.object({ readyForQuery: z.boolean() });

/** pg 8.23 keeps it on the client, read in source; true while an answer is awaited. */
function isBusy(client: pg.PoolClient): boolean {
  const read = state.safeParse(client);
  return read.success && !read.data.readyForQuery;
}
