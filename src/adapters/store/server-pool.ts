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

/** Gives the password of a new connection: a token that ends, so each connection asks anew. */
export type PasswordSource = () => Promise<string>;

/** A server, and how to sign in to it. */
export interface ServerAddress {
  /** `postgres://…` */
  readonly url: string;
  /** In place of a password in the URL. */
  readonly password?: PasswordSource | undefined;
}

/** Opens a pool with `patience`; a connection that breaks is replaced, and the log says so. */
export function openPool(address: ServerAddress, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...shared(address), ...patience, max: 10 });
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
export function openPatientPool(address: ServerAddress, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...shared(address), connectionTimeoutMillis: patience.connectionTimeoutMillis, max: 1 });
  pool.on('error', (err) => log.warn({ err }, 'a database connection broke'));
  return pool;
}

function shared(address: ServerAddress) {
  return { ...whereAndWho(address), application_name: 'collector', keepAlive: true };
}

/**
 * Where a connection leads, and as whom. pg lets what a URL says, be it an empty password, win over what stands beside it,
 * so with a source the URL is taken apart first, by pg's own reader.
 */
export function whereAndWho({ url, password }: ServerAddress) {
  if (password === undefined) return { connectionString: url };
  const { host, port, user = '', database = user, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, database, ssl, password };
}

const state = z.object({ readyForQuery: z.boolean() });

/** pg 8.23 keeps it on the client, read in source; true while an answer is awaited. */
function isBusy(client: pg.PoolClient): boolean {
  const read = state.safeParse(client);
  return read.success && !read.data.readyForQuery;
}
