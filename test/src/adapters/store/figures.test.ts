import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { StoreFigures } from '../../../../src/adapters/store/figures.ts';
import { queueNames } from '../../../../src/adapters/store/job-payloads.ts';
import { defenderApis } from '../../../../src/domain/call-budget.ts';
import { hour, minute } from '../../../../src/domain/instant.ts';
import type { Effect } from '../../../../src/domain/transition.ts';
import { aCollection } from '../../../build/collection.ts';
import { known } from '../../../build/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { aFresh, aRunning, aSource } from './fresh.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`the figures of the store: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    beforeEach(async () => {
      await sql`delete from pgboss.job`.execute(real.backend.db);
      await real.backend.db.deleteFrom('defender_call').execute();
      await real.backend.db.deleteFrom('defender_api').execute();
    });

    const keep = async (effects: readonly Effect[] = []) => {
      const request = aFresh();
      await real.store.requests.propose(aSource(), () => ({ request, effects }));
      return request;
    };
    const ofQueue = ({ queues }: StoreFigures, name: string) => known(queues.find(({ queue }) => queue === name));
    const ofApi = ({ apis }: StoreFigures, name: string) => known(apis.find(({ api }) => api === name));

    it('count a request that is not confirmed by its own state, and a confirmed one once per device', async () => {
      const before = (await real.store.figures()).outcomes;
      const grown = async (outcome: string) =>
        ((await real.store.figures()).outcomes.get(outcome) ?? 0) - (before.get(outcome) ?? 0);
      const { id, requester } = await keep();
      assert.equal(await grown('proposed'), 1);
      const one = aRunning(aCollection.running(), requester);
      const other = aRunning(aCollection.refused(), requester);
      const to = { ...one, id, collections: [...one.collections, ...other.collections] };
      await real.store.requests.change(id, () => ({ kind: 'changed', to, effects: [] }));
      assert.deepEqual([await grown('proposed'), await grown('running'), await grown('refused')], [0, 1, 1]);
    });

    it('count jobs that are due, of every queue, and not those whose time has not come', async () => {
      const none = await real.store.figures();
      assert.deepEqual(
        none.queues,
        queueNames.map((queue) => ({ queue, due: 0, oldestMs: 0, dead: 0 })),
      );
      await keep([{ kind: 'announce' }, { kind: 'lookUp', afterMs: hour }]);
      const figures = await real.store.figures();
      assert.deepEqual([ofQueue(figures, 'announce').due, ofQueue(figures, 'lookUp').due], [1, 0]);
    });

    it('know how long a job has been due, also when its last attempt failed a moment ago', async () => {
      await keep([{ kind: 'announce' }]);
      await sql`update pgboss.job set keep_until = keep_until - interval '5 minutes', state = 'retry', retry_count = 7,
        start_after = now() + interval '1 minute' where name = 'announce'`.execute(real.backend.db);
      const { due, oldestMs } = ofQueue(await real.store.figures(), 'announce');
      assert.equal(due, 1);
      assert.ok(oldestMs >= 5 * minute && oldestMs < 6 * minute, String(oldestMs));
    });

    it('count a job that was given up for the queue that it came from', async () => {
      await keep([{ kind: 'announce' }]);
      await sql`update pgboss.job set retry_limit = 0 where name = 'announce'`.execute(real.backend.db);
      const [job] = await real.backend.boss.fetch('announce');
      await real.backend.boss.fail('announce', known(job).id);
      const { due, dead } = ofQueue(await real.store.figures(), 'announce');
      assert.deepEqual([due, dead], [0, 1]);
    });

    it('say how many calls are left of each API, and how long nobody calls one because of a 429', async () => {
      const untouched = await real.store.figures();
      assert.deepEqual(
        untouched.apis.map(({ api }) => api),
        [...defenderApis],
      );
      assert.deepEqual(ofApi(untouched, 'packageLink'), {
        api: 'packageLink',
        left: { minute: 2, hour: 120 },
        pausedMs: 0,
      });
      await real.store.budget.take({ api: 'packageLink', priority: 'person' });
      await real.store.budget.take({ api: 'actions', priority: 'background' });
      await sql`update defender_call set at = at - interval '5 minutes' where api = 'actions'`.execute(real.backend.db);
      await real.store.budget.pause('cancel', minute);
      const figures = await real.store.figures();
      assert.deepEqual(ofApi(figures, 'packageLink').left, { minute: 1, hour: 119 });
      assert.deepEqual(ofApi(figures, 'actions').left, { minute: 100, hour: 1_499 });
      const { pausedMs } = ofApi(figures, 'cancel');
      assert.ok(pausedMs > 0.9 * minute && pausedMs <= minute, String(pausedMs));
    });
  });
}
