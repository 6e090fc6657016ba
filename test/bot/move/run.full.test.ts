import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { runMove } from '../../../bot/move/run.ts';
import { verifyChain } from '../../../src/adapters/store/audit-verify.ts';
import { connectToServer, openDirectory } from '../../../src/adapters/store/backend.ts';
import { ourTables } from '../../../src/adapters/store/copy-tables.ts';
import { openOn, openStore } from '../../../src/adapters/store/open-store.ts';
import type { Database } from '../../../src/adapters/store/schema.ts';
import { type EmbeddedDirectory, embeddedDirectory } from '../../build/embedded-directory.ts';
import { dana } from '../../build/person.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { decisions, seal } from '../../src/adapters/store/audit-rig.ts';
import { aFresh, aSource } from '../../src/adapters/store/fresh.ts';
import { freshDatabase } from '../../src/adapters/store/postgres-server.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Runs the command in this process; the first test starts it as npm does. */
async function move(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const exitCode = await runMove(args, environment, { out, err });
  return { exitCode, stdout: textIn(out), stderr: textIn(err) };
}

function textIn(stream: PassThrough): string {
  return z.instanceof(Buffer).nullable().parse(stream.read())?.toString('utf8') ?? '';
}

/** A store with two requests, a job each, and a sealed audit, one row of which was rolled back. */
async function fill(directory: string): Promise<void> {
  const backend = await openDirectory(directory);
  const store = await openOn(backend, silentLog);
  try {
    for (let n = 0; n < 2; n += 1) {
      await store.requests.propose(aSource(), () => ({ request: aFresh(), effects: [{ kind: 'announce' }] }));
    }
    for (const decision of decisions) await store.audit.record(decision);
    await seal({ store, backend, close: () => store.close() });
    await sql`select nextval(pg_get_serial_sequence('audit', 'number'))`.execute(backend.db);
    await sql`insert into person (oid, upn) values (${dana.oid}, 'dana@contoso.example')`.execute(backend.db);
  } finally {
    await store.close();
  }
}

/** Every row of every table, as PostgreSQL writes it; jobs with what a worker would get. */
async function everything(db: Kysely<Database>): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly string[]> = {};
  for (const { schema, name } of [...(await ourTables(db)), { schema: 'pgboss', name: 'job' }]) {
    const rows = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(`${schema}.${name}`)} t order by 1`.execute(db);
    all[name] = rows.rows.map(({ row }) => row);
  }
  return all;
}

describe('npm run move', function () {
  this.timeout(120_000);
  let directory: EmbeddedDirectory;
  before(async () => {
    directory = await embeddedDirectory();
    await fill(directory.path);
  });
  after(() => directory.remove());

  it('takes every row to the server as it is, with the jobs that wait, and prints how many', async () => {
    const url = await freshDatabase();
    const { stdout } = await execa('npm', ['run', '--silent', 'move', '--', '--from', directory.path, '--to', url], {
      cwd: root,
    });
    assert.match(stdout, /^public\.request +2$/m);
    assert.match(stdout, /^public\.audit +7$/m);
    assert.match(stdout, /^pgboss\.job +[2-9]$/m);
    const source = await openDirectory(directory.path);
    const before = await everything(source.db);
    await source.close();
    const target = connectToServer(url, silentLog);
    const store = await openOn(target, silentLog);
    try {
      assert.deepEqual(await everything(target.db), before);
      assert.ok(
        before.job?.some((row) => row.includes('announce')),
        'the jobs that wait came along',
      );
      const verdict = await verifyChain(target.db);
      assert.ok(verdict.ok, JSON.stringify(verdict));
      await store.audit.record({ kind: 'signedIn', by: dana, details: {} });
      const last = await target.db.selectFrom('audit').select('number').orderBy('number', 'desc').executeTakeFirst();
      assert.equal(last?.number, 9, 'numbering goes on behind the row that was rolled back');
    } finally {
      await store.close();
    }
  });

  it('refuses a database that has rows, and leaves them alone', async () => {
    const url = await freshDatabase();
    const store = await openStore(url, silentLog);
    await store.requests.propose(aSource(), () => ({ request: aFresh(), effects: [] }));
    await store.close();
    const { exitCode, stderr } = await move(['--from', directory.path], { DATABASE_URL: url });
    assert.equal(exitCode, 1);
    assert.match(stderr, /not empty: public\.\w+ has \d+ rows/);
  });

  it('moves all or nothing', async () => {
    const url = await freshDatabase();
    await (await openStore(url, silentLog)).close();
    const target = connectToServer(url, silentLog);
    try {
      await sql`alter table audit add column another text`.execute(target.db);
      const { exitCode, stderr } = await move(['--from', directory.path, '--to', url]);
      assert.equal(exitCode, 1);
      assert.match(stderr, /Nothing was moved.*public\.audit differs in its columns/s);
      const rows = Object.values(await everything(target.db)).flat();
      assert.deepEqual(rows, []);
    } finally {
      await target.close();
    }
  });

  it('refuses a directory that the bot has open, and one without a store', async () => {
    const url = await freshDatabase();
    const bot = await openStore(directory.path, silentLog);
    try {
      assert.match((await move(['--from', directory.path, '--to', url])).stderr, /Another process is using the store/);
    } finally {
      await bot.close();
    }
    const empty = await mkdtemp(join(tmpdir(), 'collector-empty-'));
    const { exitCode, stderr } = await move(['--from', empty, '--to', url]);
    assert.deepEqual([exitCode, stderr], [1, `There is no store in ${empty}.\n`]);
    await rm(empty, { recursive: true });
  });

  it('says what it needs, and repeats no password', async () => {
    for (const [args, environment] of [
      [[], {}],
      [['--from', './data', '--to', './other'], {}],
      [['--from', './data', 'postgres://bot:marker@db/collector'], {}],
      [['--from', './data'], { DATABASE_URL: 'mysql://bot:marker@db/collector' }],
    ] as const) {
      const { exitCode, stderr } = await move(args, environment);
      assert.equal(exitCode, 2);
      assert.doesNotMatch(stderr, /marker/);
    }
  });
});
