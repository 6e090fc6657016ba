/** From the embedded store to a server, once: what `npm run move` does. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Log } from '../../ports.ts';
import { type Backend, connectToServer, openDirectory } from './backend.ts';
import { type Copied, copyTable, countRows, ourTables, type TableName } from './copy-tables.ts';
import { prepare } from './prepare-store.ts';
import type { Database } from './schema.ts';
import type { ServerAddress } from './server-pool.ts';

/** Nothing was moved: there is nothing to move, or something stands in the way. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

/** Jobs that wait, and dead letters. The rest of pg-boss' schema the target has made for itself. */
const jobs: TableName = { schema: 'pgboss', name: 'job' };

/**
 * Copies everything from a directory into an empty database, in one transaction: all of it is there, or nothing. Both
 * sides are brought up to date before. The directory stays as it is, and stays locked meanwhile.
 * @throws StoreInUse while the bot has the directory, MoveRefused, MigrationFailed, or what a database said
 */
export async function moveStore(directory: string, server: ServerAddress, log: Log): Promise<readonly Copied[]> {
  await mustHoldStore(directory);
  const source = await openDirectory(directory);
  await prepareOnly(source, log);
  try {
    const target = connectToServer(server.url, log, server.password);
    await prepareOnly(target, log);
    try {
      return await copyAll(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** A mistyped directory must not become a new, empty store. */
async function mustHoldStore(directory: string): Promise<void> {
  try {
    await access(join(directory, 'pgdata'));
  } catch (cause) {
    throw new MoveRefused(`There is no store in ${directory}.`, { cause });
  }
}

/** Tables and queues are made, and nobody works at them. */
async function prepareOnly(backend: Backend, log: Log): Promise<void> {
  await prepare(backend, log);
  await backend.boss.stop({ graceful: false });
}

async function copyAll(source: Backend, target: Backend): Promise<readonly Copied[]> {
  const copied: Copied[] = [];
  await source.db.transaction().execute((from) =>
    target.unhurried((db) =>
      db.transaction().execute(async (into) => {
        const tables = [...(await ourTables(from)), jobs];
        await mustBeEmpty(into, tables);
        for (const table of tables) copied.push(await copyTable(from, into, table));
      }),
    ),
  );
  return copied;
}

/** A bot that starts on the target meanwhile waits for these locks, or is waited for, and then seen. */
async function mustBeEmpty(target: Kysely<Database>, tables: readonly TableName[]): Promise<void> {
  for (const table of tables) {
    const label = `${table.schema}.${table.name}`;
    await sql`lock table ${sql.table(label)} in share row exclusive mode`.execute(target);
    const rows = await countRows(target, table);
    if (rows > 0) throw new MoveRefused(`The database is not empty: ${label} has ${rows} rows. Give it a fresh one.`);
  }
}
