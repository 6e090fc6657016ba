/** The two places where the tables may live: a PostgreSQL server, or an embedded one in a directory. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { fromPglite, PgBoss } from 'pg-boss';
import type { Log } from '../../ports.ts';
import { lockDirectory } from './directory-lock.ts';
import { keepPrivate } from './private-files.ts';
import type { Database } from './schema.ts';
import { jobPatience, openPatientPool, openPool, type PasswordSource, whereAndWho } from './server-pool.ts';
import { isServerUrl } from './server-url.ts';

/** Connections to where the tables live. */
export interface Backend {
  readonly db: Kysely<Database>;
  readonly boss: PgBoss;
  /** True when no other process can be at work here, so that whatever seems to be at work is left from a crash. */
  readonly isOurs: boolean;
  /** Runs work that no time-out may interrupt. */
  unhurried(work: (db: Kysely<Database>) => Promise<void>): Promise<void>;
  /** Closes everything. The boss must have stopped. */
  close(): Promise<void>;
}

/**
 * pg-boss notices a dead worker only in its rounds: every 10 s, with a heartbeat of 20 s and a job's time of 60 s, keeps
 * the takeover of a dead replica's work well within 2 min. We schedule nothing by cron.
 */
const bossOptions = {
  useListenNotify: true,
  schedule: false,
  superviseIntervalSeconds: 10,
  monitorIntervalSeconds: 10,
  registerInstance: false,
} as const;

/** A server shared by all replicas. @param password where the URL holds none */
export function connectToServer(url: string, log: Log, password?: PasswordSource): Backend {
  const address = { url, password };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: openPool(address, log) }) });
  const boss = new PgBoss({
    ...bossOptions,
    ...jobPatience,
    ...whereAndWho(address),
    max: 4,
    application_name: 'collector jobs',
  });
  const unhurried = async (work: (db: Kysely<Database>) => Promise<void>) => {
    const patient = new Kysely<Database>({ dialect: new PostgresDialect({ pool: openPatientPool(address, log) }) });
    try {
      await work(patient);
    } finally {
      await patient.destroy();
    }
  };
  return { db, boss, isOurs: false, unhurried, close: () => db.destroy() };
}

/**
 * An embedded PostgreSQL whose files are in `directory`, which is made if need be, for this user alone.
 * It survives a killed process, not a lost machine: no fsync reaches the disk.
 * @throws StoreInUse
 */
export async function openDirectory(directory: string): Promise<Backend> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(directory);
  try {
    const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=4MB', '-c', 'max_connections=5'];
    const pglite = await PGlite.create({ dataDir: join(directory, 'pgdata'), startParams });
    await keepPrivate(directory);
    const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
    const boss = new PgBoss({ ...bossOptions, db: fromPglite(pglite), backend: 'pglite' });
    const close = async () => {
      try {
        await db.destroy();
        if (!pglite.closed) await pglite.close();
        await keepPrivate(directory);
      } finally {
        unlock();
      }
    };
    return { db, boss, isOurs: true, unhurried: (work) => work(db), close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Connects to a server, or opens a directory.
 * @param databaseUrl `postgres://…`, or a directory
 * @param password for a server whose URL holds none
 * @throws StoreInUse
 */
export async function connect(databaseUrl: string, log: Log, password?: PasswordSource): Promise<Backend> {
  if (isServerUrl(databaseUrl)) return connectToServer(databaseUrl, log, password);
  // The text may hold a password: never repeat it.
  if (databaseUrl.includes('://')) throw new TypeError('DATABASE_URL is neither postgres://… nor a directory.');
  return openDirectory(databaseUrl);
}
