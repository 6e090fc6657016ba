import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { stub } from 'sinon';
import type { JobPayloads, QueueName } from '../../../../src/adapters/store/job-payloads.ts';
import { queueNames } from '../../../../src/adapters/store/job-payloads.ts';
import { deadLetterQueue } from '../../../../src/adapters/store/queues.ts';
import { GivenUp } from '../../../../src/domain/given-up.ts';
import { day, later } from '../../../../src/domain/instant.ts';
import type { Request } from '../../../../src/domain/request.ts';
import type { Effect } from '../../../../src/domain/transition.ts';
import type { LogFields } from '../../../../src/ports.ts';
import { aCollection } from '../../../build/collection.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { type RealStore, realStores } from './backends.ts';
import { aFresh, aRunning, aSource, freshDeviceId, type Single } from './fresh.ts';
import { Workbench } from './workbench.ts';

for (const [name, open] of Object.entries(realStores)) {
  describe(`jobs: ${name}`, () => {
    let real: RealStore;
    let bench: Workbench;
    const logged: LogFields[] = [];
    /** What whoever watches has seen. */
    const watched: object[] = [];
    before(async function () {
      this.timeout(180_000);
      const note = (fields: LogFields) => {
        logged.push(fields);
      };
      real = await open({ ...silentLog, warn: note, error: note });
      bench = new Workbench();
      await real.store.jobs.work(bench.handlers, async (job, work) => {
        const ended = await work();
        watched.push({ ...job, status: ended.status });
        return ended;
      });
    });
    after(() => real.close());

    it('brings the job of every effect to its handler', async () => {
      const request = aRunning();
      const [{ id: collection, device }] = request.collections;
      const { oid: watcher } = request.requester;
      const at = await real.store.requests.now();
      await keep(request, [
        { kind: 'announce' },
        { kind: 'lookUp', afterMs: 0 },
        { kind: 'submit', collection, device: device.id, round: 2, afterMs: 0 },
        { kind: 'follow', watcher, afterMs: 0 },
        { kind: 'expire', at },
        { kind: 'offerSignIn', person: request.requester, afterMs: 0 },
      ]);
      const { id } = request;
      const expected: { readonly [Queue in QueueName]: JobPayloads[Queue] } = {
        announce: { request: id },
        lookUp: { request: id },
        submit: { request: id, collection, round: 2 },
        follow: { watcher },
        expire: { request: id },
        offerSignIn: { request: id, person: request.requester },
        retain: {},
        chainAudit: { numbers: [1] },
      };
      await real.store.jobs.startRetention();
      for (const queue of queueNames) {
        const key = queue === 'follow' ? watcher : queue === 'retain' || queue === 'chainAudit' ? '' : id;
        assert.deepEqual((await bench.begun(queue, key)).payload, expected[queue]);
      }
    });

    it('keeps neither the change nor any of its jobs when one of the jobs cannot be stored', async () => {
      const request = aFresh();
      await keep(request);
      const upsert = stub(real.backend.boss, 'upsert');
      upsert.callThrough().onSecondCall().rejects(new Error('no room'));
      const to = { ...request, revision: 2 };
      const effects: Effect[] = [{ kind: 'announce' }, { kind: 'lookUp', afterMs: 0 }];
      const fall = () => real.store.requests.change(request.id, () => ({ kind: 'changed', to, effects }));
      await assert.rejects(fall, /no room/).finally(() => upsert.restore());
      assert.deepEqual(await real.store.requests.find(request.id), request);
      await change(request, [{ kind: 'lookUp', afterMs: 0 }]);
      await bench.begun('lookUp', request.id);
      assert.equal(bench.count('announce', request.id), 0);
    });

    it('announces once more for all that changed while the card was being edited', async () => {
      const request = aFresh();
      const release = bench.hold('announce', request.id);
      await keep(request, [{ kind: 'announce' }]);
      await bench.begun('announce', request.id);
      for (let times = 0; times < 3; times += 1) await change(request, [{ kind: 'announce' }]);
      assert.equal(bench.count('announce', request.id), 1);
      release();
      await bench.begun('announce', request.id, 2);
      await change(request, [{ kind: 'lookUp', afterMs: 0 }]);
      await bench.begun('lookUp', request.id);
      assert.equal(bench.count('announce', request.id), 2);
    });

    it('lets submissions of one device wait for each other, and not those of others', async () => {
      const [same, sameToo, other] = [aSubmission(), aSubmission(), aSubmission()];
      const device = freshDeviceId();
      const release = bench.hold('submit', same.id);
      await keep(same, [submission(same, device)]);
      await bench.begun('submit', same.id);
      await keep(sameToo, [submission(sameToo, device)]);
      await keep(other, [submission(other, freshDeviceId())]);
      await bench.begun('submit', other.id);
      assert.equal(bench.count('submit', sameToo.id), 0);
      release();
      await bench.begun('submit', sameToo.id);
    });

    it('wakes a worker for what is due at once, well before it would have looked by itself', async () => {
      const began = performance.now();
      for (let times = 0; times < 12; times += 1) {
        const request = aFresh();
        await real.store.requests.propose(aSource(), () => ({ request, effects: [{ kind: 'lookUp', afterMs: 0 }] }));
        await bench.begun('lookUp', request.id);
        await over('lookUp', request.id);
      }
      assert.ok(performance.now() - began < 5_000, 'two workers that look every 2 s would have taken 8 s');
    });

    it('does nothing before its time', async () => {
      const request = aFresh();
      const at = later(await real.store.requests.now(), 1_200);
      await keep(request, [{ kind: 'expire', at }]);
      await bench.begun('expire', request.id);
      assert.ok((await real.store.requests.now()) >= at);
    });

    it('plans a sweep that is asked for during a sweep as the one after it', async () => {
      const request = aFresh();
      const watcher = request.requester.oid;
      const release = bench.hold('follow', watcher);
      await keep(request, [{ kind: 'follow', watcher, afterMs: 0 }]);
      await bench.begun('follow', watcher);
      const now = await real.store.requests.now();
      await change(request, [{ kind: 'follow', watcher, afterMs: 1_000 }]);
      await real.store.jobs.scheduleSweep(watcher, 60_000);
      release();
      await bench.begun('follow', watcher, 2);
      assert.ok((await real.store.requests.now()) >= now + 1_000);
      await real.store.jobs.scheduleSweep(watcher, 0);
      await bench.begun('follow', watcher, 3);
    });

    it('calls a handler that threw again; what it threw is in the log and nowhere in the database', async () => {
      const request = aFresh();
      const marker = `secret-${request.id}`;
      bench.failOnce('lookUp', request.id, new Error(marker, { cause: { token: marker } }));
      const release = bench.hold('lookUp', request.id);
      await keep(request, [{ kind: 'lookUp', afterMs: 0 }]);
      await bench.begun('lookUp', request.id, 2);
      const jobs = await real.backend.boss.findJobs('lookUp', { key: request.id });
      release();
      assert.equal(jobs.length, 1);
      assert.match(JSON.stringify(jobs), /See the log/);
      assert.equal(JSON.stringify(jobs).includes(marker), false);
      assert.ok(logged.some(({ err }) => err instanceof Error && err.message === marker));
    });

    it('lays a job that no repeat would help at once among the dead letters, and an operator can have it done again', async () => {
      const request = aFresh();
      bench.failOnce('announce', request.id, new GivenUp('refused for good'));
      await keep(request, [{ kind: 'announce' }]);
      await bench.begun('announce', request.id);
      const { deadLetters, posts } = real.store;
      await eventually(async () => (await posts.undelivered([request.id])).has(request.id));
      assert.equal(bench.count('announce', request.id), 1);
      assert.deepEqual([...(await posts.undelivered([request.id, aFresh().id]))], [request.id]);
      assert.equal(await deadLetters.count(), 1);
      await real.backend.boss.redrive(deadLetterQueue);
      await bench.begun('announce', request.id, 2);
      await eventually(async () => (await deadLetters.count()) === 0);
    });

    it('forgets a dead letter as soon as the request has been announced after all', async () => {
      const request = aFresh();
      bench.failOnce('announce', request.id, new GivenUp('refused for good'));
      await keep(request, [{ kind: 'announce' }]);
      await bench.begun('announce', request.id);
      const { posts } = real.store;
      await eventually(async () => (await posts.undelivered([request.id])).has(request.id));
      await change(request, [{ kind: 'announce' }]);
      await eventually(async () => !(await posts.undelivered([request.id])).has(request.id));
    });

    it('shows whoever watches each job that is tried, with its request, and how it ended', async () => {
      const { id: request, requester } = aFresh();
      const { oid: watcher } = requester;
      bench.failOnce('lookUp', request, new Error('away'));
      const effects: Effect[] = [
        { kind: 'lookUp', afterMs: 0 },
        { kind: 'follow', watcher, afterMs: 0 },
      ];
      await keep(aFresh({ id: request, requester }), effects);
      await bench.begun('lookUp', request, 2);
      await bench.begun('follow', watcher);
      const hasSeen = (job: object) => watched.some((seen) => isDeepStrictEqual(seen, job));
      await eventually(async () => hasSeen({ queue: 'lookUp', request, status: 'failed' }));
      await eventually(async () => hasSeen({ queue: 'lookUp', request, status: 'completed' }));
      await eventually(async () => hasSeen({ queue: 'follow', request: undefined, status: 'completed' }));
    });

    it('announces again after the time that was asked for', async () => {
      const request = aFresh();
      await keep(request);
      const at = later(await real.store.requests.now(), 1_200);
      await real.store.jobs.scheduleAnnounce(request.id, 1_200);
      await bench.begun('announce', request.id);
      assert.ok((await real.store.requests.now()) >= at);
    });

    it('plans the next deletion of what is old for the next day, and one only', async () => {
      await real.store.jobs.startRetention();
      await bench.begun('retain', '');
      await real.store.jobs.startRetention();
      await bench.begun('retain', '', 2);
      const planned = async () => await real.backend.boss.findJobs('retain', { queued: true });
      await eventually(async () => {
        const [next, ...more] = await planned();
        const ahead = (next?.startAfter.getTime() ?? 0) - (await real.store.requests.now());
        return more.length === 0 && ahead > 0.99 * day && ahead <= day;
      });
    });

    /** Asks until it is so; mocha's own time ends what never comes. */
    async function eventually(isSo: () => Promise<boolean>): Promise<void> {
      while (!(await isSo())) await real.store.ready();
    }

    async function keep(request: Request, effects: readonly Effect[] = []): Promise<void> {
      const { id, requester } = request;
      await real.store.requests.propose(aSource(), () => ({ request: aFresh({ id, requester }), effects: [] }));
      await real.store.requests.change(id, () => ({ kind: 'changed', to: request, effects }));
    }

    /** Waits until the job is over, and the worker has looked for another one in vain. */
    async function over(queue: QueueName, key: string): Promise<void> {
      let isOver = false;
      while (!isOver) {
        const jobs = await real.backend.boss.findJobs(queue, { key });
        isOver = jobs.every(({ state }) => state === 'completed');
      }
      for (let turns = 0; turns < 5; turns += 1) await real.store.ready();
    }

    async function change(request: Request, effects: readonly Effect[]): Promise<void> {
      await real.store.requests.change(request.id, (to) => ({ kind: 'changed', to, effects }));
    }
  });
}

function aSubmission(): Single {
  return aRunning(aCollection.queued());
}

function submission(of: Single, device: ReturnType<typeof freshDeviceId>): Effect {
  return { kind: 'submit', collection: of.collections[0].id, device, round: 0, afterMs: 0 };
}
