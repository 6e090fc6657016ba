/** What is true of a database, for whoever checks an installation. Nothing of it lasts: what it writes is rolled back. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** The server, as it calls itself, and as a number: 170004 is 17.4. */
export interface ServerVersion {
  readonly text: string;
  readonly number: number;
}

/** How far the tables are. */
export type TablesState =
  /** There are none yet. `mayMake`: this role may make them, and the schema of the job queue. */
  | { readonly kind: 'none'; readonly mayMake: boolean }
  | { readonly kind: 'current' }
  /** The next start of the bot brings them up to date. */
  | { readonly kind: 'behind'; readonly missing: readonly string[] }
  /** A newer version of the bot has worked on them. */
  | { readonly kind: 'ahead'; readonly unknown: readonly string[] };

/** Rights on one table that the bot needs and this role has not. */
export interface MissingRights {
  readonly table: string;
  readonly rights: readonly string[];
}

const everything = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
/** Of the audit the bot may do with less ('A database role that cannot rewrite history'). */
const addingOnly = ['SELECT', 'INSERT'];

/** One line per table: a new one does not compile until it stands here. */
const needed: Readonly<Record<keyof Database, readonly string[]>> = {
  request: everything,
  collection: everything,
  post: everything,
  watch: everything,
  person: everything,
  conversation: everything,
  sign_in_exchange: everything,
  defender_api: everything,
  defender_call: everything,
  chat_pace: everything,
  tenant: everything,
  audit: addingOnly,
  audit_chain: addingOnly,
  knock: everything,
  audience: everything,
};

/** The version of the server. */
export async function serverVersion(db: Kysely<Database>): Promise<ServerVersion> {
  const { rows } = await sql<ServerVersion>`
    select current_setting('server_version') as text, current_setting('server_version_num')::integer as number
  `.execute(db);
  const [version] = rows;
  if (version === undefined) throw new RangeError('The database did not say its version.');
  return version;
}

/** A standby, or a database or role that is set to read only. */
export async function isReadOnly(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ readonly only: boolean }>`
    select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as only
  `.execute(db);
  return rows[0]?.only === true;
}

/** Compares the migrations that were done with those that this version has. */
export async function tablesState(db: Kysely<Database>): Promise<TablesState> {
  const found = await sql<{ readonly is: boolean }>`select to_regclass('kysely_migration') is not null as is`.execute(
    db,
  );
  if (found.rows[0]?.is !== true) return { kind: 'none', mayMake: await mayMakeTables(db) };
  const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration order by name`.execute(db);
  const done = rows.map(({ name }) => name);
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length > 0) return { kind: 'ahead', unknown };
  const missing = Object.keys(migrations).filter((name) => !done.includes(name));
  return missing.length > 0 ? { kind: 'behind', missing } : { kind: 'current' };
}

/** Tables in the schema that is first on the path, and a schema beside it for the job queue. */
async function mayMakeTables(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ readonly may: boolean }>`
    select has_database_privilege(current_database(), 'CREATE')
      and has_schema_privilege(coalesce(current_schema(), 'public'), 'CREATE') as may
  `.execute(db);
  return rows[0]?.may === true;
}

/** What this role may not do with the tables of bot and job queue; empty when nothing is missing. The tables must be there. */
export async function missingRights(db: Kysely<Database>): Promise<readonly MissingRights[]> {
  const rights = sql.join(everything);
  const { rows } = await sql<{ readonly space: string; readonly name: string; readonly missing: readonly string[] }>`
    select n.nspname as space, c.relname as name, array_agg(p.privilege order by p.privilege) as missing
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    cross join unnest(array[${rights}]::text[]) as p(privilege)
    where c.relkind in ('r', 'p') and n.nspname in (current_schema(), 'pgboss')
      and not (has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, p.privilege))
    group by 1, 2 order by 1, 2
  `.execute(db);
  return rows.flatMap(({ space, name, missing }) => {
    const rights = missing.filter((right) => neededOn(space, name).includes(right));
    return rights.length === 0 ? [] : [{ table: space === 'pgboss' ? `pgboss.${name}` : name, rights }];
  });
}

function neededOn(space: string, name: string): readonly string[] {
  if (space === 'pgboss') return everything;
  return Object.entries(needed).find(([table]) => table === name)?.[1] ?? [];
}

/** Whether this role could change or remove what the audit holds. */
export async function mayRewriteAudit(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ readonly may: boolean }>`
    select has_table_privilege('audit', 'UPDATE, DELETE') as may
  `.execute(db);
  return rows[0]?.may === true;
}

/** Writes a row, and takes it back. Throws what the database says, for instance that its disk is full. */
export async function tryWriting(db: Kysely<Database>): Promise<void> {
  const transaction = await db.startTransaction().execute();
  try {
    await transaction
      .insertInto('sign_in_exchange')
      .values({ id: `check ${randomUUID()}` })
      .execute();
  } finally {
    await transaction.rollback().execute();
  }
}
