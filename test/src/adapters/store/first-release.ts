/** A database as the first release left it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { freshDatabase } from './postgres-server.ts';

/** The rows of each table of the first release. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** The tables, each with the order that its rows are given in. */
const orders = {
  request: 'number',
  collection: 'id',
  post: 'request_id, what',
  watch: 'watcher_oid',
  person: 'oid',
  conversation: 'id',
} as const;

/** The URL of such a database. */
export async function firstRelease(): Promise<string> {
  const url = await freshDatabase();
  const dump = await readFile(join(import.meta.dirname, 'first-release.sql'), 'utf8');
  await within(url, (client) => client.query(dump));
  return url;
}

/** What is in those tables now. */
export async function tablesOf(url: string): Promise<Tables> {
  return await within(url, async (client) => {
    const tables: Record<string, readonly Record<string, unknown>[]> = {};
    for (const [table, order] of Object.entries(orders)) {
      tables[table] = (await client.query(`select * from "${table}" order by ${order}`)).rows;
    }
    return tables;
  });
}

async function within<Value>(url: string, ask: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}
