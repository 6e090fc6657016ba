/** Copies tables from one PostgreSQL to another of the same version of ours, whatever their columns are. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

/** A table, its schema included. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** How many rows a table gave. */
export interface Copied {
  readonly table: string;
  readonly rows: number;
}

/** What Kysely keeps for itself: the target has made its own. */
const migrationTables = ['kysely_migration', 'kysely_migration_lock'];
/** Rows that travel at a time: a document can be large. */
const batch = 200;

/** Our tables, those first to which others refer. */
export async function ourTables<Tables>(db: Kysely<Tables>): Promise<readonly TableName[]> {
  const found = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  const references = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent
    from pg_constraint
    join pg_class child on child.oid = conrelid
    join pg_class parent on parent.oid = confrelid
    where contype = 'f' and connamespace = 'public'::regnamespace`.execute(db);
  const names = found.rows.map(({ name }) => name).filter((name) => !migrationTables.includes(name));
  return parentsFirst(names, references.rows).map((name) => ({ schema: 'public', name }));
}

function parentsFirst(
  names: readonly string[],
  references: readonly { readonly child: string; readonly parent: string }[],
): readonly string[] {
  const sorted = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    if (path.includes(name)) throw new Error(`The tables refer to each other in a circle: ${path.join(', ')}`);
    for (const { child, parent } of references) {
      if (child === name && parent !== name) visit(parent, [...path, name]);
    }
    sorted.add(name);
  };
  for (const name of names) visit(name, []);
  return [...sorted];
}

/** How many rows are in a table. */
export async function countRows<Tables>(db: Kysely<Tables>, { schema, name }: TableName): Promise<number> {
  const counted = await sql<{
    count: string;
  }>`select count(*)::text as count from ${sql.table(`${schema}.${name}`)}`.execute(db);
  return Number(counted.rows[0]?.count);
}

interface Column {
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
  readonly is_identity: boolean;
}

/**
 * Copies every row as it is. Values travel as PostgreSQL writes them, because as values of JavaScript a moment would lose
 * its microseconds, and a JSON text its form.
 * @param source within a transaction, since a cursor lives there
 * @param target within the transaction that is to hold all of it
 */
export async function copyTable<Tables>(
  source: Kysely<Tables>,
  target: Kysely<Tables>,
  table: TableName,
): Promise<Copied> {
  const [columns, there] = await Promise.all([columnsOf(source, table), columnsOf(target, table)]);
  const label = `${table.schema}.${table.name}`;
  if (JSON.stringify(columns) !== JSON.stringify(there)) throw new Error(`The table ${label} differs in its columns.`);
  const texts = columns.map(({ name }) => sql`${sql.ref(name)}::text as ${sql.ref(name)}`);
  const from = sql`select ${sql.join(texts)} from ${sql.table(label)}`;
  await sql`declare moved cursor for ${from}`.execute(source);
  let rows = 0;
  for (;;) {
    const read = await sql<Row>`fetch ${sql.raw(String(batch))} from moved`.execute(source);
    if (read.rows.length === 0) break;
    await insert(target, label, columns, z.array(rowShape).parse(read.rows));
    rows += read.rows.length;
  }
  await sql`close moved`.execute(source);
  for (const { name } of columns.filter(({ is_identity }) => is_identity)) await countOn(source, target, label, name);
  return { table: label, rows };
}

const rowShape = z.record(z.string(), z.string().nullable());
type Row = z.infer<typeof rowShape>;

/** In the order of their names, so that both sides can be compared. Computed columns compute themselves anew. */
async function columnsOf<Tables>(db: Kysely<Tables>, { schema, name }: TableName): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select attname as name, format_type(atttypid, atttypmod) as type, attidentity <> '' as is_identity
    from pg_attribute
    where attrelid = ${`${schema}.${name}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attname`.execute(db);
  return rows;
}

/** One parameter a column, however many rows: an array of texts, which the server turns into rows and casts. */
async function insert<Tables>(
  target: Kysely<Tables>,
  label: string,
  columns: readonly Column[],
  rows: readonly Row[],
): Promise<void> {
  const names = columns.map(({ name }) => sql.ref(name));
  const casts = columns.map(({ name, type }) => sql`${sql.ref(name)}::${sql.raw(type)}`);
  const arrays: readonly RawBuilder<unknown>[] = columns.map(({ name }) => {
    const values = rows.map((row) => row[name] ?? null);
    return sql`${values}::text[]`;
  });
  await sql`insert into ${sql.table(label)} (${sql.join(names)}) overriding system value
    select ${sql.join(casts)} from unnest(${sql.join(arrays)}) as moved (${sql.join(names)})`.execute(target);
}

/** What is numbered goes on counting where the source was, gaps included. */
async function countOn<Tables>(source: Kysely<Tables>, target: Kysely<Tables>, label: string, column: string) {
  const sequence = sql`pg_get_serial_sequence(${label}, ${column})`;
  const at = await sql<{ name: string; last: string | null }>`
    select ${sequence} as name, pg_sequence_last_value(${sequence}::regclass)::text as last`.execute(source);
  const last = at.rows[0]?.last;
  if (last !== null && last !== undefined) {
    await sql`select setval(${sequence}::regclass, ${last}::bigint)`.execute(target);
  }
}
