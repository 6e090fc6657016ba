import assert from 'node:assert/strict';
import { type RawBuilder, sql } from 'kysely';
import { type ChainFault, type ChainVerdict, verifyChain } from '../../../../src/adapters/store/audit-verify.ts';
import { genesis } from '../../../../src/domain/audit-chain.ts';
import { dana } from '../../../build/person.ts';
import { emptyAudit, sealedAudit } from './audit-rig.ts';
import { type RealStore, sharedStores } from './backends.ts';

/** What somebody may do to the tables, and which fault has to be named. Rows 1 to 5 are at the positions 1 to 5. */
const tamperings: readonly (readonly [string, ChainFault, ...RawBuilder<unknown>[]])[] = [
  [
    'a changed person',
    changed(2),
    sql`update audit set by_oid = ${dana.oid.replace(/.$/, 'f')}::uuid where number = 2`,
  ],
  ['a changed moment', changed(1), sql`update audit set at = at + interval '1 millisecond' where number = 1`],
  ['a changed detail', changed(3), sql`update audit set details = '{"reason":"nicer"}' where number = 3`],
  ['an added detail', changed(3), sql`update audit set details = details || '{"x":1}' where number = 3`],
  ['a changed kind', changed(5), sql`update audit set kind = 'signedIn' where number = 5`],
  ['a person in place of none', changed(4), sql`update audit set by_name = 'Dana' where number = 4`],
  ['a changed hash', changed(4), sql`update audit_chain set hash = repeat('a', 64) where position = 4`],
  ['a missing row', { kind: 'missingRow', position: 3, number: 3 }, sql`delete from audit where number = 3`],
  ['a missing link', { kind: 'missingLink', position: 2 }, sql`delete from audit_chain where position = 2`],
  [
    'a row that is missing with its link',
    { kind: 'missingLink', position: 4 },
    sql`delete from audit_chain where position = 4`,
    sql`delete from audit where number = 4`,
  ],
  [
    'a missing row whose gap was closed',
    { kind: 'changed', position: 3, number: 4 },
    sql`delete from audit_chain where position = 3`,
    sql`delete from audit where number = 3`,
    sql`update audit_chain set position = position - 1 where position > 3`,
  ],
  [
    'two rows that changed places',
    { kind: 'changed', position: 2, number: 4 },
    sql`update audit_chain set number = -number where position in (2, 4)`,
    sql`update audit_chain set number = 6 + number where position in (2, 4)`,
  ],
  [
    'an inserted row',
    { kind: 'unsealed', number: 6 },
    sql`insert into audit (at, kind, details) values (date_trunc('milliseconds', now()), 'signedIn', '{}')`,
  ],
  [
    'a row that was inserted into the chain',
    { kind: 'changed', position: 6, number: 6 },
    sql`insert into audit (at, kind, details) values (date_trunc('milliseconds', now()), 'signedIn', '{}')`,
    sql`insert into audit_chain (position, number, hash) values (6, 6, repeat('b', 64))`,
  ],
  [
    'a link before the first',
    { kind: 'changed', position: 0, number: 6 },
    sql`insert into audit (at, kind, details) values (date_trunc('milliseconds', now()), 'signedIn', '{}')`,
    sql`insert into audit_chain (position, number, hash) values (0, 6, repeat('b', 64))`,
  ],
];

/** The row n, at its own position. */
function changed(n: number): ChainFault {
  return { kind: 'changed', position: n, number: n };
}

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`the audit’s proof: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    beforeEach(() => sealedAudit(real));

    const verify = (...kept: [] | [{ count: number; hash: string }]): Promise<ChainVerdict> =>
      verifyChain(real.backend.db, ...kept);

    it('holds for an empty audit and for one that nobody touched, and gives count and head', async () => {
      const verdict = await verify();
      assert.ok(verdict.ok);
      assert.equal(verdict.head.count, 5);
      assert.match(verdict.head.hash, /^[0-9a-f]{64}$/);
      await emptyAudit(real);
      assert.deepEqual(await verify(), { ok: true, head: { count: 0, hash: genesis }, waiting: 0 });
    });

    for (const [what, fault, ...statements] of tamperings) {
      it(`names ${what}`, async () => {
        for (const statement of statements) await statement.execute(real.backend.db);
        assert.deepEqual(await verify(), { ok: false, fault });
      });
    }

    it('names the first of many faults', async () => {
      await sql`update audit set kind = 'x' where number in (2, 5)`.execute(real.backend.db);
      await sql`delete from audit where number = 4`.execute(real.backend.db);
      assert.deepEqual(await verify(), { ok: false, fault: changed(2) });
    });

    it('does not mind rows whose job still waits', async () => {
      await real.store.audit.record({ kind: 'signedIn', by: dana, details: {} });
      const verdict = await verify();
      assert.ok(verdict.ok);
      assert.equal(verdict.waiting, 1);
      assert.equal(verdict.head.count, 5);
    });

    it('cannot see a tail that was cut off by itself, and sees it by what was kept elsewhere', async () => {
      const whole = await verify();
      assert.ok(whole.ok);
      const { head } = whole;
      await real.store.audit.record({ kind: 'signedIn', by: dana, details: {} });
      await real.store.chainAudit([6]);
      assert.equal((await verify(head)).ok, true, 'an older head stays in the chain');
      await sql`delete from audit where number > 4`.execute(real.backend.db);
      await sql`delete from audit_chain where number > 4`.execute(real.backend.db);
      assert.equal((await verify()).ok, true);
      assert.deepEqual(await verify(head), { ok: false, fault: { kind: 'keptHeadMissing', kept: head } });
    });
  });
}
