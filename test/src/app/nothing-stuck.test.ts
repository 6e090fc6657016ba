/**
 * The whole core against a Defender that loses answers, a Token Service that forgets, and a process that dies at any
 * moment. Nobody does anything after the confirmation: whatever happens, it comes to an end and starts once.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Job, JobHandlers } from '../../../src/adapters/store/job-payloads.ts';
import { announce } from '../../../src/app/announce.ts';
import { decide } from '../../../src/app/decide.ts';
import { sweep } from '../../../src/app/follow.ts';
import { lookUp } from '../../../src/app/look-up.ts';
import { offerSignIn } from '../../../src/app/sign-in.ts';
import { submit } from '../../../src/app/submit.ts';
import { day, hour, type Instant, minute } from '../../../src/domain/instant.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import type { Confirmed } from '../../../src/domain/request.ts';
import type { Effect } from '../../../src/domain/transition.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, collectionRef, deviceId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { DefenderModel, type Fate } from '../../fakes/defender-model.ts';
import { runJob } from '../../fakes/memory-store.ts';
import { bench, put, stored } from './bench.ts';

/** What a step of the outside world does: a call of Defender, of the Token Service, of Entra, of the chat. */
interface Weather {
  /** One per call of Defender, then fine for ever. */
  readonly fates: readonly Fate[];
  /** After so many statements the process dies, each number counted from the last death. */
  readonly deaths: readonly number[];
  /** After so many jobs the token of the requester vanishes. */
  readonly tokenEndsAfter: number;
  /** After so many jobs they sign in again, if ever. */
  readonly signsInAfter: number;
  /** What Entra answers from the fourth job on, until so many have run. */
  readonly exchange: Problem | undefined;
  readonly exchangeWorksAfter: number;
  readonly isOffline: boolean;
}

class Death extends Error {
  override readonly name = 'Death';
}

/** Lets the process die before or after any call through it. */
class Mortality {
  readonly #deaths: number[];

  constructor(deaths: readonly number[]) {
    this.#deaths = [...deaths];
  }

  strike(): void {
    const [left] = this.#deaths;
    if (left === undefined) return;
    this.#deaths[0] = left - 1;
    if (left > 0) return;
    this.#deaths.shift();
    throw new Death();
  }

  /** The same function, which may die before it begins or after it has done its work. */
  around<Args extends readonly unknown[], Value>(work: (...args: Args) => Promise<Value>) {
    return async (...args: Args): Promise<Value> => {
      this.strike();
      const value = await work(...args);
      this.strike();
      return value;
    };
  }
}

function world(made: ReturnType<typeof bench>, weather: Weather) {
  const { memory, assertions } = made;
  const mortality = new Mortality(weather.deaths);
  const defender = new DefenderModel(
    () => memory.now,
    (ms) => memory.advance(ms),
  );
  const fates = [...weather.fates];
  defender.fate = () => fates.shift() ?? 'fine';
  if (weather.isOffline) defender.runsMs = 9 * day;
  const { store, posts, onBehalfOf } = made.ports;
  store.change = mortality.around(store.change.bind(store));
  store.rememberRequestorName = mortality.around(store.rememberRequestorName.bind(store));
  posts.note = mortality.around(posts.note.bind(posts));
  const ports = {
    ...made.ports,
    defender: Object.assign(defender, {
      collect: mortality.around(defender.collect.bind(defender)),
      actionsOnDevice: mortality.around(defender.actionsOnDevice.bind(defender)),
    }),
    scheduleSweep: mortality.around(made.ports.scheduleSweep),
  };
  const handlers: JobHandlers = {
    announce: ({ request }) => announce(ports, request),
    lookUp: ({ request }) => lookUp(ports, request),
    submit: ({ request, collection, round }) => submit(ports, request, collection, round),
    follow: ({ watcher }) => sweep(ports, watcher),
    expire: async ({ request }) => {
      await decide(ports.store, request, { type: 'timePassed' });
    },
    offerSignIn: ({ request, person }) => offerSignIn(ports, request, person),
    retain: async () => undefined,
    chainAudit: async () => undefined,
  };
  const beforeJob = (count: number): void => {
    if (count === weather.tokenEndsAfter) assertions.lose(dana);
    if (count === weather.signsInAfter) assertions.signIn(dana);
    onBehalfOf.problem = count > 3 && count < weather.exchangeWorksAfter ? weather.exchange : undefined;
  };
  return { ...made, ports, handlers, defender, beforeJob };
}

/** Runs jobs in the order of their time until none is left. A job whose process dies is taken up by another. */
async function runToTheEnd({ memory, handlers, beforeJob }: ReturnType<typeof world>): Promise<void> {
  for (let count = 0; memory.queued.length > 0; count += 1) {
    // A process that dies after its change leaves two jobs where one was; waits of 8 h are looked at every 10 s.
    assert.ok(count < 200_000, 'it goes on for ever');
    beforeJob(count);
    const next = Math.min(...memory.queued.map(({ dueAt }) => dueAt));
    if (next > memory.now) memory.advance(next - memory.now);
    const job = memory.takeDue();
    if (job !== undefined) await runOrReturn(memory, handlers, job);
  }
}

async function runOrReturn(
  memory: ReturnType<typeof bench>['memory'],
  handlers: JobHandlers,
  job: Job & { readonly dueAt: number },
): Promise<void> {
  try {
    await runJob(handlers, job);
  } catch (error) {
    if (!(error instanceof Death)) throw error;
    memory.advance(minute);
    memory.queue({ ...job, dueAt: memory.now });
  }
}

/** Two devices, and the first of them twice: whoever comes second must not start a second collection. */
function confirmed(queuedAt: Instant): Confirmed {
  const collections = [1, 2, 3].map((n) =>
    aCollection.queued({
      queuedAt,
      id: collectionId(n),
      ref: collectionRef(n),
      device: aDevice({ id: deviceId(n % 2) }),
    }),
  );
  return aConfirmed({ collections });
}

async function play(weather: Weather) {
  const made = bench();
  const began = made.memory.now;
  const from = confirmed(began);
  await put(made.memory, from);
  const effects = from.collections.map(
    ({ id, device }): Effect => ({ kind: 'submit', collection: id, device: device.id, round: 0, afterMs: 0 }),
  );
  await made.memory.requests.change(from.id, (to) => ({ kind: 'changed', to, effects }));
  const here = world(made, weather);
  await runToTheEnd(here);
  const request = await stored(made.memory, from.id);
  assert.ok(request.state === 'done', 'it is stuck');
  return {
    ...here,
    request,
    states: request.collections.map(({ state }) => state),
    tookMs: request.finishedAt - began,
  };
}

const fate = fc.constantFrom<Fate>(
  ...(['fine', 'fine', 'fine', 'unsent', 'lostBefore', 'lostAfter', 'late', 'throttled', 'forbidden'] as const),
);
const weather: fc.Arbitrary<Weather> = fc.record({
  fates: fc.array(fate, { maxLength: 40, size: 'max' }),
  deaths: fc.array(fc.nat(12), { maxLength: 12, size: 'max' }),
  tokenEndsAfter: fc.integer({ min: 0, max: 60 }),
  signsInAfter: fc.integer({ min: 0, max: 120 }),
  exchange: fc.constantFrom(undefined, undefined, undefined, { kind: 'signInUnavailable' }, { kind: 'consentMissing' }),
  exchangeWorksAfter: fc.integer({ min: 4, max: 200 }),
  isOffline: fc.boolean(),
});
const calm: Weather = {
  fates: [],
  deaths: [],
  tokenEndsAfter: -1,
  signsInAfter: -1,
  exchange: undefined,
  exchangeWorksAfter: Number.POSITIVE_INFINITY,
  isOffline: false,
};

describe('whatever the weather', () => {
  it('a calm day ends within minutes, one collection per device, told once', async () => {
    const { states, defender, conversation, tookMs } = await play(calm);
    assert.deepEqual(states, ['succeeded', 'succeeded', 'succeeded']);
    assert.equal(defender.started.length, 2);
    assert.equal(conversation.happened.filter((each) => each === 'told closing').length, 1);
    assert.ok(tookMs < 10 * minute);
  });

  it('every request comes to its end, and no collection is started twice', async function () {
    this.timeout(5 * minute);
    await fc.assert(
      fc.asyncProperty(weather, async (each) => {
        const { defender, conversation } = await play(each);
        const comments = defender.started.map(({ comment }) => comment);
        assert.equal(new Set(comments).size, comments.length, 'a collection was started twice');
        assert.ok(conversation.happened.includes('told closing'));
      }),
      { numRuns: process.env.FULL === undefined ? 25 : 100 },
    );
  });

  for (const always of ['unsent', 'lostBefore', 'throttled', 'forbidden', 'tokenRejected'] as const) {
    it(`comes to an end within five days when every call of Defender is ${always}`, async () => {
      const { defender, tookMs } = await play({ ...calm, fates: Array<Fate>(20_000).fill(always) });
      assert.equal(defender.started.length, 0);
      assert.ok(tookMs < 5 * day);
    });
  }

  it('comes to an end when Defender starts it and then never answers again', async () => {
    const { defender } = await play({ ...calm, fates: ['lostAfter', ...Array<Fate>(20_000).fill('lostBefore')] });
    assert.equal(defender.started.length, 1);
  });

  for (const kind of ['signInUnavailable', 'consentMissing'] as const) {
    it(`comes to an end within five days when Entra answers ${kind} from now on`, async () => {
      const { tookMs } = await play({ ...calm, exchange: { kind } });
      assert.ok(tookMs < 5 * day);
    });
  }

  it('gives up an offline device after three days', async () => {
    const { states, tookMs } = await play({ ...calm, isOffline: true });
    assert.deepEqual(states, ['unresolved', 'unresolved', 'unresolved']);
    assert.ok(tookMs < 3 * day + hour);
  });

  for (let tokenEndsAfter = 0; tokenEndsAfter < 12; tokenEndsAfter += 1) {
    it(`comes to an end when the token vanishes for good after ${tokenEndsAfter} jobs`, async () => {
      await play({ ...calm, tokenEndsAfter });
    });
  }

  for (let step = 0; step < 14; step += 1) {
    it(`a process that dies at step ${step} loses nothing and doubles nothing`, async () => {
      const { states, defender, conversation } = await play({ ...calm, deaths: [step] });
      assert.deepEqual(states, ['succeeded', 'succeeded', 'succeeded']);
      assert.equal(defender.started.length, 2);
      assert.ok(conversation.happened.includes('told closing'));
    });
  }
});
