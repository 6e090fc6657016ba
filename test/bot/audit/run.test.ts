import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { sql } from 'kysely';
import { z } from 'zod';
import { runAudit } from '../../../bot/audit/run.ts';
import { connectToServer } from '../../../src/adapters/store/backend.ts';
import { openOn, openStore } from '../../../src/adapters/store/open-store.ts';
import { canonicalJson, genesis } from '../../../src/domain/audit-chain.ts';
import { type EmbeddedDirectory, embeddedDirectory } from '../../build/embedded-directory.ts';
import { dana } from '../../build/person.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { sealedAudit } from '../../src/adapters/store/audit-rig.ts';
import type { RealStore } from '../../src/adapters/store/backends.ts';
import { freshDatabase } from '../../src/adapters/store/postgres-server.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Runs the command in this process; the last test starts it as npm does. */
async function audit(databaseUrl: string, ...args: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const exitCode = await runAudit(args, { DATABASE_URL: databaseUrl }, { out, err });
  return { exitCode, stdout: textIn(out), stderr: textIn(err) };
}

function textIn(stream: PassThrough): string {
  return z.instanceof(Buffer).nullable().parse(stream.read())?.toString('utf8') ?? '';
}

describe('npm run audit', function () {
  this.timeout(120_000);

  describe('on a server', () => {
    let url: string;
    let real: RealStore;
    before(async () => {
      url = await freshDatabase();
      const backend = connectToServer(url, silentLog);
      const store = await openOn(backend, silentLog);
      real = { store, backend, close: () => store.close() };
    });
    after(() => real.close());
    beforeEach(() => sealedAudit(real));

    it('proves the chain while the bot runs, and prints what to keep elsewhere', async () => {
      const { exitCode, stdout } = await audit(url, 'verify');
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /whole: 5 rows/);
      const kept = /5:[0-9a-f]{64}/.exec(stdout)?.[0];
      assert.ok(kept);
      assert.equal((await audit(url, 'verify', '--kept', kept)).exitCode, 0);
      await sql`delete from audit_chain where position = 5`.execute(real.backend.db);
      await sql`delete from audit where number = 5`.execute(real.backend.db);
      const cut = await audit(url, 'verify', '--kept', kept);
      assert.equal(cut.exitCode, 1);
      assert.match(cut.stdout, /cut off/);
    });

    it('names the first broken row, and ends with 1', async () => {
      await sql`update audit set kind = 'expired' where number = 3`.execute(real.backend.db);
      const { exitCode, stdout } = await audit(url, 'verify');
      assert.equal(exitCode, 1);
      assert.match(stdout, /row 3 at position 3 is not what was sealed/);
    });

    it('exports JSON lines whose chain anybody can check', async () => {
      const { exitCode, stdout, stderr } = await audit(url, 'export', '--format', 'jsonl');
      assert.equal(exitCode, 0, stderr);
      let previous = genesis;
      const lines = stdout.trimEnd().split('\n');
      for (const line of lines) {
        const { hash, ...record } = z.object({ hash: z.string() }).catchall(z.json()).parse(JSON.parse(line));
        assert.equal(
          createHash('sha256')
            .update(`${previous}\n${canonicalJson(record)}`)
            .digest('hex'),
          hash,
        );
        previous = hash;
      }
      assert.equal(lines.length, 5);
      assert.ok(stderr.includes(`5:${previous}`));
    });

    it('exports CSV since a moment', async () => {
      await sql`update audit set at = at - interval '1 day' where number < 4`.execute(real.backend.db);
      const since = new Date(Date.now() - 3_600_000).toISOString();
      const { exitCode, stdout } = await audit(url, 'export', '--format', 'csv', '--since', since);
      assert.equal(exitCode, 0);
      const [head, ...rows] = stdout.trimEnd().split('\r\n');
      assert.match(head ?? '', /^position,/);
      assert.deepEqual(
        rows.map((row) => row.split(',')[3]),
        ['expired', 'linkFetched'],
      );
    });

    it('exports what is left of an audit whose rows were deleted, and says so', async () => {
      await sql`delete from audit where number = 2`.execute(real.backend.db);
      const { exitCode, stdout, stderr } = await audit(url, 'export');
      assert.equal(exitCode, 1);
      assert.equal(stdout.trimEnd().split('\n').length, 4);
      assert.match(stderr, /1 sealed rows are missing: run verify/);
    });
  });

  describe('on a directory', () => {
    let directory: EmbeddedDirectory;
    before(async () => {
      directory = await embeddedDirectory();
    });
    after(() => directory.remove());

    it('refuses while the bot has it, and reads it afterwards', async () => {
      const store = await openStore(directory.path, silentLog);
      try {
        await store.audit.record({ kind: 'signedIn', by: dana, details: {} });
        await store.chainAudit([1]);
        const refused = await audit(directory.path, 'verify');
        assert.equal(refused.exitCode, 2);
        assert.match(refused.stderr, /Another process is using the store/);
      } finally {
        await store.close();
      }
      const { exitCode, stdout } = await audit(directory.path, 'verify');
      assert.equal(exitCode, 0);
      assert.match(stdout, /whole: 1 rows/);
    });
  });

  it('makes no store where there is none, and says so', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'collector-no-store-'));
    try {
      const { exitCode, stderr } = await audit(empty, 'verify');
      assert.equal(exitCode, 2);
      assert.match(stderr, /There is no store in/);
      assert.deepEqual(await readdir(empty), []);
    } finally {
      await rm(empty, { recursive: true });
    }
    const { exitCode, stderr } = await audit(await freshDatabase(), 'verify');
    assert.equal(exitCode, 2);
    assert.match(stderr, /the bot has not run on it/);
  });

  it('runs by its name, and writes rows to standard output and nothing else', async () => {
    const started = await execa(process.execPath, [join('bot', 'audit', 'main.ts'), 'prove'], {
      cwd: root,
      env: { PATH: process.env.PATH },
      extendEnv: false,
      reject: false,
    });
    assert.equal(started.exitCode, 2);
    assert.equal(started.stdout, '');
    assert.match(started.stderr, /neither verify nor export/);
  });

  it('explains itself when it is asked for nothing it knows, and shows no password', async () => {
    const { exitCode, stderr } = await audit('./data', 'prove');
    assert.equal(exitCode, 2);
    assert.match(stderr, /npm run audit --silent -- verify/);
    const away = await audit('postgres://collector:hidden-word@127.0.0.1:1/collector', 'verify');
    assert.equal(away.exitCode, 2);
    assert.match(away.stderr, /ECONNREFUSED/);
    assert.doesNotMatch(away.stderr + away.stdout, /hidden-word/);
  });
});
