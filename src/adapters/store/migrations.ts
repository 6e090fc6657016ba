/** The tables' history. Forward only: a migration that has been released is never changed; a mistake gets a new one. */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

/** In the order of their names, which Kysely keeps track of. Exported to key the cache of test directories. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': { up: makeFirstTables },
  '0002-defender-budget': { up: makeDefenderBudget },
  '0003-collection-by-action': { up: indexActions },
  '0004-posting': { up: makePosting },
  '0005-audit': { up: makeAudit },
  '0006-doors': { up: makeDoors },
};

/** A migration failed; nothing of it was kept. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
}

/**
 * Brings the tables up to date. Replicas that start together take turns under Kysely's lock.
 * @throws MigrationFailed
 */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first one';
  throw new MigrationFailed(`The database could not be brought up to date (${failed}).`, { cause: error });
}

/**
 * `document` is json, not jsonb: jsonb refuses the NUL and the half surrogate pairs that names from
 * Defender and the chat may hold, and nobody asks for anything inside.
 */
async function makeFirstTables<Tables>(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`create table request (
      id uuid primary key,
      number bigint generated always as identity,
      state text not null,
      revision integer not null,
      requester_oid uuid not null,
      conversation_id text not null,
      source_activity text not null,
      waiting_for text[] not null,
      document json not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      constraint request_once_per_message unique (conversation_id, source_activity)
    )`,
    sql`create index request_of_requester on request (requester_oid, number desc)`,
    sql`create index request_waiting on request using gin (waiting_for) where waiting_for <> '{}'`,
    sql`create table collection (
      id uuid primary key,
      request_id uuid not null references request (id) on delete cascade,
      device_id text not null,
      state text not null,
      watcher_oid uuid,
      action_id uuid
    )`,
    sql`create index collection_of_request on collection (request_id)`,
    sql`create index collection_open on collection (device_id) where state in ('submitting', 'running')`,
    sql`create index collection_watched on collection (watcher_oid) where state = 'running'`,
    sql`create table post (
      request_id uuid not null references request (id) on delete cascade,
      what text not null,
      conversation_id text not null,
      activity_id text not null,
      fingerprint text not null,
      updated_at timestamptz not null default now(),
      primary key (request_id, what)
    )`,
    sql`create table watch (watcher_oid uuid primary key, next_sweep_at timestamptz)`,
    sql`create table person (oid uuid primary key, requestor_name text, personal_conversation_id text)`,
    sql`create table conversation (
      id text primary key,
      kind text not null,
      service_url text not null,
      tenant_id uuid not null,
      updated_at timestamptz not null default now()
    )`,
    sql`create table sign_in_exchange (id text primary key, seen_at timestamptz not null default now())`,
    sql`create index sign_in_exchange_age on sign_in_exchange (seen_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** The calls to Defender of the last hour, and the row per API that is locked to count them. */
async function makeDefenderBudget<Tables>(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`create table defender_api (api text primary key, paused_until timestamptz)`,
    sql`create table defender_call (
      api text not null references defender_api (api),
      at timestamptz not null,
      priority text not null,
      turn_of text,
      constraint defender_one_turn unique (api, turn_of)
    )`,
    sql`create index defender_call_age on defender_call (api, at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** `/status` and `/history` ask what is known of the actions that Defender shows. */
async function indexActions<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql`create index collection_of_action on collection (action_id) where action_id is not null`.execute(db);
}

/** What is written into chats, and where a tenant is reached when its conversations have removed the bot. */
async function makePosting<Tables>(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`create table chat_pace (
      conversation_id text primary key,
      posts json not null,
      paused_until timestamptz,
      updated_at timestamptz not null default now()
    )`,
    sql`create table tenant (id uuid primary key, service_url text not null)`,
    sql`create index post_of_activity on post (activity_id)`,
    sql`create index request_age on request (updated_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/**
 * No row here refers to a request: it outlives it. The chain is a table of its own, so that nobody ever has to update
 * the audit. A moment has milliseconds and no more: its hash covers all of it.
 */
async function makeAudit<Tables>(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`alter table person add column upn text`,
    sql`create table audit (
      number integer generated always as identity primary key,
      at timestamptz not null check (at = date_trunc('milliseconds', at)),
      kind text not null,
      by_oid uuid,
      by_upn text,
      by_name text,
      conversation_id text,
      request_id uuid,
      collection_id uuid,
      device_id text,
      action_id uuid,
      correlation_id text,
      details jsonb not null
    )`,
    sql`create table audit_chain (
      position integer primary key,
      number integer not null unique,
      hash text not null
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** What people asked of late, to hold back a flood; and who reads along in a conversation, as its roster said last. */
async function makeDoors<Tables>(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`create table knock (
      who text not null,
      kind text not null,
      admitted json not null,
      told_at timestamptz,
      updated_at timestamptz not null default now(),
      primary key (who, kind)
    )`,
    sql`create table audience (
      conversation_id text primary key,
      audience text not null,
      outsiders uuid[] not null,
      read_at timestamptz not null default now()
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
