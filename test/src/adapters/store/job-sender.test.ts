import assert from 'node:assert/strict';
import { JobSender } from '../../../../src/adapters/store/job-sender.ts';
import { deadLetterQueue } from '../../../../src/adapters/store/queues.ts';
import type { RequestId } from '../../../../src/domain/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { aFresh, aSource } from './fresh.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`job sender: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });

    it('lays a job that has used up its retries into the dead letter queue', async () => {
      const request = await announced();
      await real.backend.boss.update('announce', undefined, { singletonKey: request, retryLimit: 0 });
      const [id] = await take(request);
      assert.ok(id !== undefined);
      await real.backend.boss.fail('announce', id);
      const dead = await real.backend.boss.findJobs(deadLetterQueue, { data: { request } });
      assert.deepEqual(
        dead.map(({ sourceName, sourceId }) => ({ sourceName, sourceId })),
        [{ sourceName: 'announce', sourceId: id }],
      );
    });

    if (name === 'PostgreSQL') {
      it('lets no worker take a waiting job while a change that relies on it is not committed', async () => {
        const request = await announced();
        const { db, boss } = real.backend;
        const now = await real.store.requests.now();
        await db.transaction().execute(async (trx) => {
          const job = { queue: 'announce', payload: { request }, dueAt: now } as const;
          await new JobSender(boss).send(trx, [job], now);
          assert.deepEqual(await take(request), []);
        });
        assert.equal((await take(request)).length, 1);
      });
    }

    async function announced(): Promise<RequestId> {
      const request = aFresh();
      await real.store.requests.propose(aSource(), () => ({ request, effects: [{ kind: 'announce' }] }));
      return request.id;
    }

    /** The job ids that a worker gets now, of this request. */
    async function take(request: RequestId): Promise<readonly string[]> {
      const jobs = await real.backend.boss.fetch<{ request: string }>('announce', { batchSize: 1_000 });
      return jobs.filter(({ data }) => data.request === request).map(({ id }) => id);
    }
  });
}
