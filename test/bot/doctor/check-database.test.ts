import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Site } from '../../../bot/doctor/site.ts';
import { IdentityUnavailable } from '../../../src/adapters/entra/managed-identity.ts';
import { connectToServer } from '../../../src/adapters/store/backend.ts';
import { lockDirectory } from '../../../src/adapters/store/directory-lock.ts';
import { migrate } from '../../../src/adapters/store/migrations.ts';
import type { Database } from '../../../src/adapters/store/schema.ts';
import { type EmbeddedDirectory, embeddedDirectory } from '../../build/embedded-directory.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { freshDatabase } from '../../src/adapters/store/postgres-server.ts';
import { assertFound, Clinic } from './clinic.ts';

describe('the doctor, of the database', function () {
  this.timeout(120_000);
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  const look = (id: 'database' | 'database-tables' | 'database-rights', databaseUrl: string) =>
    clinic.look(id, { env: { DATABASE_URL: databaseUrl } });

  describe('in a directory', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'collector-doctor-'));
    });
    after(() => rm(folder, { recursive: true }));

    it('makes no store where there is none, and says who will', async () => {
      assertFound(await look('database', join(folder, 'new', 'store')), 'ok', /makes it at its first start/);
      assertFound(await look('database-tables', join(folder, 'new')), 'ok', /at the first start/);
      assertFound(await look('database-rights', join(folder, 'new')), 'notChecked', /Start the bot once/);
      assert.deepEqual(await readdir(folder), []);
    });

    it('says that no store can be made there', async () => {
      await writeFile(join(folder, 'file'), '');
      assertFound(await look('database', join(folder, 'file', 'store')), 'failed', /may not make one there/);
    });

    it('says that the store does not open', async () => {
      await mkdir(join(folder, 'broken', 'pgdata'), { recursive: true });
      await writeFile(join(folder, 'broken', 'pgdata', 'PG_VERSION'), '17\n');
      assertFound(await look('database', join(folder, 'broken')), 'failed', /does not open.*restore it/s);
    });

    describe('that the bot has filled', () => {
      let directory: EmbeddedDirectory;
      before(async () => {
        directory = await embeddedDirectory();
      });
      after(() => directory.remove());

      it('says that the bot is running on it, and takes that for no fault', async () => {
        const unlock = lockDirectory(directory.path);
        try {
          assertFound(await look('database', directory.path), 'notChecked', /most likely the bot.*it had to open it/s);
        } finally {
          unlock();
        }
      });

      it('finds it in order', async () => {
        assertFound(await look('database', directory.path), 'ok', /embedded PostgreSQL \d+.*not a lost machine/);
      });
    });
  });

  describe('on a server', () => {
    let url: string;
    let db: Kysely<Database>;
    let close: () => Promise<void>;
    before(async () => {
      url = await freshDatabase();
      ({ db, close } = connectToServer(url, silentLog));
    });
    after(() => close());

    const changed = (change: (url: URL) => void) => {
      const other = new URL(url);
      change(other);
      return other.href;
    };
    const asRole = (name: string) =>
      changed((other) => {
        other.username = name;
        other.password = 'only-for-tests';
      });

    it('says why it lets nobody in', async () => {
      const wrongPassword = changed((other) => {
        other.password = 'hidden-word';
      });
      assertFound(await look('database', wrongPassword), 'failed', /user and password. \(28P01\).*percent-encoded/s);
      const wrongName = changed((other) => {
        other.pathname = '/none';
      });
      assertFound(await look('database', wrongName), 'failed', /no database of that name.*\(3D000\)/s);
      const away = 'postgres://collector:hidden-word@127.0.0.1:1/collector';
      assertFound(await look('database', away), 'failed', /127\.0\.0\.1 could not be reached \(ECONNREFUSED\).*5432/s);
    });

    it('repeats nothing of an address that cannot be read', async () => {
      const mistyped = 'postgres://collector:hidden-word/0@db.example/collector';
      assertFound(await look('database', mistyped), 'failed', /cannot be read as an address.*percent-encoded/s);
    });

    const withError = (error: unknown) => (site: Site) => ({
      ...site,
      database: async () => ({ kind: 'failed', error }) as const,
    });

    it('knows a server that is full, one that the network rules forbid, and an identity that has no token', async () => {
      for (const [error, words] of [
        [Object.assign(new Error('x'), { code: '53300' }), /no connection left/],
        [Object.assign(new Error('x'), { code: '28000' }), /from here.*sslmode=require/s],
        [Object.assign(new Error('x'), { code: '57P03' }), /starting or stopping/],
        [Object.assign(new Error('x'), { code: 'XX000' }), /SQLSTATE XX000/],
        [new IdentityUnavailable(true, undefined), /DATABASE_MANAGED_IDENTITY_CLIENT_ID/],
      ] as const) {
        const env = { DATABASE_URL: url };
        assertFound(await clinic.look('database', { env, site: withError(error) }), 'failed', words);
      }
    });

    it('says that there are no tables yet, and who may not make them', async () => {
      assertFound(await look('database', url), 'ok', /PostgreSQL \d+\.\d+ .*answers/);
      assertFound(await look('database-tables', url), 'ok', /makes them at its first start/);
      await sql`create role doctor_stranger login password 'only-for-tests'`.execute(db);
      assertFound(
        await look('database-tables', asRole('doctor_stranger')),
        'failed',
        /may not make any.*grant create/s,
      );
    });

    it('says that the tables are of this version, of an older one, or of a newer one', async () => {
      await migrate(db);
      assertFound(await look('database-tables', url), 'ok', /up to date/);
      await sql`insert into kysely_migration values ('9999-future', now()::text)`.execute(db);
      assertFound(await look('database-tables', url), 'failed', /newer version.*9999-future/s);
      await sql`delete from kysely_migration where name in ('9999-future', '0001-first-tables')`.execute(db);
      assertFound(
        await look('database-tables', url),
        'warning',
        /0001-first-tables are missing.*Back the database up/s,
      );
      await sql`insert into kysely_migration values ('0001-first-tables', now()::text)`.execute(db);
    });

    it('says which rights are missing, and leaves nothing behind', async () => {
      assertFound(await look('database-rights', url), 'ok', /It could also change the audit/);
      const role = asRole('doctor_clerk');
      await sql`create role doctor_clerk login password 'only-for-tests'`.execute(db);
      await sql`grant select on all tables in schema public to doctor_clerk`.execute(db);
      assertFound(
        await look('database-rights', role),
        'failed',
        /insert on audit; insert on audit_chain; .*delete, insert, update on request/s,
      );
      await sql`grant insert, update, delete on all tables in schema public to doctor_clerk`.execute(db);
      await sql`revoke update, delete on audit, audit_chain from doctor_clerk`.execute(db);
      assertFound(await look('database-rights', role), 'ok', /add to the audit\.$/m);
      assert.deepEqual(await db.selectFrom('sign_in_exchange').selectAll().execute(), []);
    });

    it('counts the job queue’s tables in', async () => {
      await sql`create schema pgboss`.execute(db);
      await sql`create table pgboss.job (id integer)`.execute(db);
      assertFound(await look('database-rights', asRole('doctor_clerk')), 'failed', /on pgboss\.job/);
      await sql`drop schema pgboss cascade`.execute(db);
    });

    it('says that it takes no writes, or is too old', async () => {
      const readOnly = changed((other) => other.searchParams.set('options', '-c default_transaction_read_only=on'));
      assertFound(await look('database', readOnly), 'failed', /takes no writes.*primary/s);
      const site = (each: Site) => ({
        ...each,
        database: async () => {
          const opened = await each.database();
          return opened.kind === 'open' ? { ...opened, version: { text: '12.9', number: 120_009 } } : opened;
        },
      });
      assertFound(
        await clinic.look('database', { env: { DATABASE_URL: url }, site }),
        'failed',
        /12\.9; the bot needs 13/,
      );
    });

    it('takes the time from it', async () => {
      assertFound(
        await clinic.look('clock', { env: { DATABASE_URL: url } }),
        'ok',
        /the database and the Bot Framework/,
      );
    });
  });
});
