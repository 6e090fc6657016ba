import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { sql } from 'kysely';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import type { CallWish, DefenderApi } from '../../../../src/domain/call-budget.ts';
import { hour, minute, second } from '../../../../src/domain/instant.ts';
import type { DefenderBudget } from '../../../../src/ports.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { freshDatabase } from './postgres-server.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`the budget of calls to Defender: ${name}`, () => {
    let real: RealStore;
    let budget: DefenderBudget;
    before(async function () {
      this.timeout(180_000);
      real = await open();
      budget = real.store.budget;
    });
    beforeEach(async () => {
      await real.backend.db.deleteFrom('defender_call').execute();
      await real.backend.db.deleteFrom('defender_api').execute();
    });

    const pass = (api: DefenderApi, ms: number) =>
      sql`update defender_call set at = at - ${ms} * interval '1 millisecond' where api = ${api}`.execute(
        real.backend.db,
      );

    it('has a minute’s calls at once and says when there is one again', async function () {
      this.timeout(180_000);
      const link = { api: 'packageLink', priority: 'person' } as const;
      const both = await Promise.all([budget.take(link), budget.take(link), budget.take(link)]);
      assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['none', 'taken', 'taken']);
      assertBetween(await waitOf(budget, link), minute, minute + 10 * second);
      await pass('packageLink', minute + 10 * second);
      assert.deepEqual(await budget.take(link), { kind: 'taken' });
      assert.deepEqual(await budget.take({ api: 'cancel', priority: 'person' }), { kind: 'taken' });
    });

    it('keeps a turn for whoever was given one, in order, until it is taken up', async () => {
      await fill(real, 'collect', 100);
      const [first, second] = [collecting(), collecting()];
      const wait = await waitOf(budget, first);
      assertBetween(wait, 80 * 1_000, 90 * 1_000);
      assert.ok((await waitOf(budget, second)) > wait);
      assert.ok((await waitOf(budget, first)) <= wait);
      await pass('collect', wait);
      assert.deepEqual(await budget.take(first), { kind: 'taken' });
      assert.equal((await budget.take(first)).kind, 'none', 'a turn is for one call');
    });

    it('lets nobody call while a 429 lasts, and moves the turns behind it', async () => {
      await fill(real, 'collect', 100);
      const waiting = collecting();
      await budget.take(waiting);
      await budget.pause('collect', 5 * minute);
      assertBetween(await waitOf(budget, waiting), 5 * minute - 10 * second, 5 * minute);
      await budget.pause('action', minute);
      assertBetween(await waitOf(budget, { api: 'action', priority: 'background' }), minute - 10 * second, minute);
      assert.deepEqual(await budget.take({ api: 'actions', priority: 'background' }), { kind: 'taken' });
    });

    it('counts an hour, and forgets what is older', async () => {
      await fill(real, 'device', 1_500);
      await pass('device', hour - minute);
      const wish = { api: 'device', priority: 'person' } as const;
      assertBetween(await waitOf(budget, wish), 50 * second, 70 * second);
      await pass('device', 2 * minute);
      assert.deepEqual(await budget.take(wish), { kind: 'taken' });
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from defender_call`.execute(
        real.backend.db,
      );
      assert.deepEqual(rows, [{ count: 1 }]);
    });
  });
}

describe('the budget of calls to Defender, shared', () => {
  it('gives two processes at one database a minute’s calls in all, not one more', async function () {
    this.timeout(180_000);
    const url = await freshDatabase();
    await (await openStore(url, silentLog)).close();
    const child = join(import.meta.dirname, 'budget-child.ts');
    const ran = await Promise.all([1, 2].map(() => execa(process.execPath, [child, url, '80'])));
    const got = ran.map(({ stdout }) => Number(stdout));
    assert.equal(
      got.reduce((sum, each) => sum + each, 0),
      100,
      `they got ${got.join(' and ')}`,
    );
  });
});

function collecting(): CallWish {
  return { api: 'collect', priority: 'person', turnOf: randomUUID() };
}

/** Calls of a moment ago. */
async function fill({ store, backend }: RealStore, api: DefenderApi, calls: number): Promise<void> {
  await store.budget.pause(api, 0);
  await sql`insert into defender_call (api, at, priority)
    select ${api}, clock_timestamp(), 'person' from generate_series(1, ${calls}::int)`.execute(backend.db);
}

async function waitOf(budget: DefenderBudget, wish: CallWish): Promise<number> {
  const answer = await budget.take(wish);
  assert.ok(answer.kind === 'none', 'there was a call left');
  return answer.retryAfterMs;
}

function assertBetween(actual: number, least: number, most: number): void {
  assert.ok(actual >= least && actual <= most, `${actual} is not between ${least} and ${most}`);
}
