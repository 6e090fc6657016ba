import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import pg from 'pg';
import { verifyChain } from '../../src/adapters/store/audit-verify.ts';
import { connectToServer } from '../../src/adapters/store/backend.ts';
import { openOn, openStore } from '../../src/adapters/store/open-store.ts';
import type { AuditKind } from '../../src/domain/audit-entry.ts';
import { dana } from '../build/person.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFresh, aSource } from '../src/adapters/store/fresh.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';

const page = readFileSync(new URL('../../docs/audit.md', import.meta.url), 'utf8');
/** The page's SQL, in its order. */
const [server = '', database = '', owners = '', auditor = ''] = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
);

/** The same database as somebody else. */
function as(url: string, user: string, password: string): string {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other.href;
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

/** Every kind of decision: one that is missing here does not compile. */
const kinds: Readonly<Record<AuditKind, true>> = {
  asked: true,
  reasonEdited: true,
  confirmed: true,
  approvalAsked: true,
  approved: true,
  denied: true,
  cancelled: true,
  expired: true,
  submitted: true,
  joined: true,
  refused: true,
  withdrawn: true,
  finished: true,
  cancelAsked: true,
  linkFetched: true,
  signedIn: true,
  signedOut: true,
  personRefused: true,
};

describe('docs/audit.md', () => {
  it('explains every kind of decision', () => {
    const table = page.slice(page.indexOf('| kind |'), page.indexOf('Each row has'));
    const named = [...table.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    assert.deepEqual(named.toSorted(), Object.keys(kinds).toSorted());
  });

  it('lets the bot work, add to the audit, and neither change nor remove anything in it', async function () {
    this.timeout(180_000);
    const administrator = await freshDatabase();
    const name = new URL(administrator).pathname.slice(1);
    const here = (text: string) => text.replaceAll('database collector', `database ${name}`);
    await run(administrator, server.replace('create database collector;', ''));
    await run(administrator, here(database));
    const bot = as(administrator, 'collector_bot', 'choose-your-own');
    await (await openStore(bot, silentLog)).close();
    await run(administrator, owners);
    const backend = connectToServer(bot, silentLog);
    const store = await openOn(backend, silentLog);
    try {
      await store.requests.propose(aSource(), () => ({ request: aFresh(), effects: [{ kind: 'announce' }] }));
      await store.audit.record({ kind: 'signedIn', by: dana, details: {} });
      await store.chainAudit([1, 2]);
      for (const [table, column] of [
        ['audit', 'kind'],
        ['audit_chain', 'hash'],
      ]) {
        for (const statement of [
          `update ${table} set ${column} = 'x'`,
          `delete from ${table}`,
          `truncate ${table}`,
          `drop table ${table}`,
          `alter table ${table} disable trigger all`,
        ]) {
          await assert.rejects(sql.raw(statement).execute(backend.db), /permission denied|must be owner/, statement);
        }
      }
      const reader = connectToServer(as(administrator, 'collector_auditor', 'choose-another'), silentLog);
      await run(administrator, auditor);
      try {
        const verdict = await verifyChain(reader.db);
        assert.equal(verdict.ok && verdict.head.count, 2);
        await assert.rejects(sql`select * from request`.execute(reader.db), /permission denied/);
        await assert.rejects(
          sql`insert into audit_chain select * from audit_chain`.execute(reader.db),
          /permission denied/,
        );
      } finally {
        await reader.close();
      }
    } finally {
      await store.close();
    }
  });
});
