import assert from 'node:assert/strict';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { StoreChild } from './child.ts';
import { aFresh, aRunning, aSource, freshDeviceId } from './fresh.ts';
import { freshDatabase } from './postgres-server.ts';
import { Workbench } from './workbench.ts';

describe('takeover', () => {
  it("has a killed replica's submission at work in another one within 2 minutes, and the next one after it", async function () {
    this.timeout(180_000);
    const url = await freshDatabase();
    const store = await openStore(url, silentLog);
    const child = new StoreChild(url);
    try {
      await child.says('open');
      const device = freshDeviceId();
      const [killed, next] = [aRunning(), aRunning()];
      for (const request of [killed, next]) {
        const { id } = request;
        const collection = request.collections[0].id;
        const submit = { kind: 'submit', collection, device, round: 0, afterMs: 0 } as const;
        await store.requests.propose(aSource(), () => ({ request: aFresh({ id }), effects: [submit] }));
        await child.says('submit');
      }
      await child.kill();
      const began = performance.now();
      const bench = new Workbench();
      await store.jobs.work(bench.handlers);
      await bench.begun('submit', killed.id);
      assert.ok(performance.now() - began < 120_000);
      await bench.begun('submit', next.id);
    } finally {
      await child.kill();
      await store.close();
    }
  });
});
