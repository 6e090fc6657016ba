/** Many people who collect at once, on a clock that only moves from job to job. */
import assert from 'node:assert/strict';
import type { JobHandlers } from '../../../src/adapters/store/job-payloads.ts';
import { announce } from '../../../src/app/announce.ts';
import { decide } from '../../../src/app/decide.ts';
import { sweep } from '../../../src/app/follow.ts';
import { lookUp } from '../../../src/app/look-up.ts';
import { offerSignIn } from '../../../src/app/sign-in.ts';
import { submit } from '../../../src/app/submit.ts';
import { later } from '../../../src/domain/instant.ts';
import type { Collection } from '../../../src/domain/request.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, collectionRef, deviceId, requestId } from '../../build/ids.ts';
import { aPerson } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { DefenderModel } from '../../fakes/defender-model.ts';
import { LimitCounter, LimitedDefender } from '../../fakes/limited-defender.ts';
import { MemoryBudget } from '../../fakes/memory-budget.ts';
import { runJob } from '../../fakes/memory-store.ts';
import { bench, put, storedCollection } from './bench.ts';

/** Numbers of as many digits make ids that are all different. */
const firstDevice = 0x10_00_00;

/** Who collects how much, and when. */
export interface Crowd {
  readonly people: number;
  readonly collections: number;
  /** When the n-th collection is confirmed, in milliseconds after the start. */
  readonly confirmedAfterMs: (n: number) => number;
}

/** What became of it. */
export interface CrowdResult {
  readonly ends: readonly Collection[];
  readonly counter: LimitCounter;
  /** How many actions Defender has started. */
  readonly started: number;
  /** The longest time from a confirmation to the action, and from Defender's end to ours, in milliseconds. */
  readonly longestQueueMs: number;
  readonly longestLateMs: number;
}

function workplace() {
  const made = bench();
  const { memory } = made;
  const now = () => memory.now;
  const model = new DefenderModel(now, (ms) => memory.advance(ms));
  const [budget, counter] = [new MemoryBudget(now), new LimitCounter(now)];
  const defender = new LimitedDefender(model, budget, 'person', counter);
  const background = new LimitedDefender(model, budget, 'background', counter);
  const ports = { ...made.ports, defender };
  const handlers: JobHandlers = {
    announce: ({ request }) => announce(ports, request),
    lookUp: ({ request }) => lookUp(ports, request),
    submit: ({ request, collection, round }) => submit(ports, request, collection, round),
    follow: ({ watcher }) => sweep({ ...ports, defender: background }, watcher),
    expire: async ({ request }) => {
      await decide(ports.store, request, { type: 'timePassed' });
    },
    offerSignIn: ({ request, person }) => offerSignIn(ports, request, person),
    retain: async () => undefined,
    chainAudit: async () => undefined,
  };
  return { ...made, model, counter, handlers };
}

/** Lets everybody collect, and follows every collection to its end. */
export async function collectAll({ people, collections, confirmedAfterMs }: Crowd): Promise<CrowdResult> {
  const { memory, assertions, model, counter, handlers } = workplace();
  const began = memory.now;
  const numbers = Array.from({ length: collections }, (_, i) => i + 1);
  for (let n = 1; n <= people; n += 1) assertions.signIn(aPerson(n));
  for (const n of numbers) {
    const [id, device] = [collectionId(n), aDevice({ id: deviceId(firstDevice + n) })];
    const afterMs = confirmedAfterMs(n);
    const queuedAt = later(began, afterMs);
    const queued = aCollection.queued({ id, ref: collectionRef(n), device, queuedAt });
    const request = aConfirmed({ id: requestId(n), requester: aPerson(1 + (n % people)), collections: [queued] });
    await put(memory, request);
    const effect = { kind: 'submit', collection: id, device: device.id, round: 0, afterMs } as const;
    await memory.requests.change(request.id, (to) => ({ kind: 'changed', to, effects: [effect] }));
  }
  await runUntilDone(memory, handlers);
  const ends = await Promise.all(numbers.map((n) => storedCollection(memory, collectionId(n))));
  const queues = ends.flatMap((end, i) => ('sentAt' in end ? [end.sentAt - began - confirmedAfterMs(i + 1)] : []));
  const lates = ends.flatMap((end) =>
    end.state === 'succeeded' ? [end.finishedAt - end.action.createdAt - model.runsMs] : [],
  );
  return {
    ends,
    counter,
    started: model.started.length,
    longestQueueMs: Math.max(...queues),
    longestLateMs: Math.max(...lates),
  };
}

/** Runs jobs in the order of their time until only the deadlines of what has ended are left. */
async function runUntilDone(memory: ReturnType<typeof bench>['memory'], handlers: JobHandlers): Promise<void> {
  for (let count = 0; ; count += 1) {
    assert.ok(count < 100_000, 'it goes on for ever');
    const ahead = memory.queued.filter(({ queue }) => queue !== 'expire').map(({ dueAt }) => dueAt);
    if (ahead.length === 0) return;
    memory.advance(Math.max(0, Math.min(...ahead) - memory.now));
    const job = memory.takeDue();
    if (job !== undefined) await runJob(handlers, job);
  }
}
