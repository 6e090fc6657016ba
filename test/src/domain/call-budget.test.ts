import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type CallPriority,
  type CallWish,
  callPatience,
  type DefenderApi,
  turnPatience,
} from '../../../src/domain/call-budget.ts';
import { hour, type Instant, later, minute, second } from '../../../src/domain/instant.ts';
import { start } from '../../build/moment.ts';
import { MemoryBudget } from '../../fakes/memory-budget.ts';

/** Calls of one API, asked for at one moment. */
interface Burst {
  readonly gapMs: number;
  readonly calls: number;
  readonly priority: CallPriority;
  /** How long each is on its way to Defender. */
  readonly delaysMs: readonly number[];
  /** Those who were given a turn come back that late, or not at all. */
  readonly lateMs: number;
  /** A 429 of somebody else's making comes before it. */
  readonly pauseMs: number;
}

const burst: fc.Arbitrary<Burst> = fc.record({
  gapMs: fc.oneof(fc.integer({ min: 0, max: 2 * minute }), fc.constantFrom(59_999, 60_000, 60_001, 70_000, 90_000)),
  calls: fc.integer({ min: 1, max: 130 }),
  priority: fc.constantFrom<CallPriority>('person', 'person', 'background'),
  delaysMs: fc.array(fc.integer({ min: 0, max: callPatience }), { minLength: 1, maxLength: 5 }),
  lateMs: fc.integer({ min: 0, max: turnPatience + 5 * second }),
  pauseMs: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ max: minute }) }),
});

function wishOf(api: DefenderApi, priority: CallPriority, name: string): CallWish {
  return api === 'collect' ? { api, priority, turnOf: name } : { api, priority };
}

interface Ask {
  readonly at: Instant;
  readonly name: string;
  readonly of: Burst;
}

/** Lets people and sweeps ask in the order of time; whoever has a turn comes back. */
async function arrivals(api: DefenderApi, bursts: readonly Burst[]) {
  let now = start;
  const budget = new MemoryBudget(() => now);
  const asks: Ask[] = [];
  for (const [i, of] of bursts.entries()) {
    now = later(now, of.gapMs);
    for (let n = 0; n < of.calls; n += 1) asks.push({ at: now, name: `${i}.${n}`, of });
  }
  const sent: { readonly priority: CallPriority; readonly at: number }[] = [];
  let last: Burst | undefined;
  for (let ask = asks.shift(); ask !== undefined; ask = asks.shift()) {
    now = ask.at;
    if (ask.of !== last && ask.of.pauseMs > 0) await budget.pause(api, ask.of.pauseMs);
    last = ask.of;
    const answer = await budget.take(wishOf(api, ask.of.priority, ask.name));
    if (answer.kind === 'taken') {
      const delay = ask.of.delaysMs[sent.length % ask.of.delaysMs.length] ?? 0;
      sent.push({ priority: ask.of.priority, at: now + delay });
    } else if (api === 'collect') {
      const again = { ...ask, at: later(now, answer.retryAfterMs + ask.of.lateMs) };
      if (again.at - start < 3 * hour) {
        const place = asks.findIndex((other) => other.at > again.at);
        asks.splice(place === -1 ? asks.length : place, 0, again);
      }
    }
  }
  return sent;
}

/** The most calls in any window of that length, both ends included. */
function busiest(moments: readonly number[], withinMs: number): number {
  const sorted = moments.toSorted((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [i, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) > withinMs) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

describe('the budget of calls to Defender', () => {
  for (const [api, perMinute, perHour] of [
    ['collect', 100, 1_500],
    ['actions', 100, 1_500],
    ['device', 100, 1_500],
    ['packageLink', 2, 120],
  ] as const) {
    it(`lets at most ${perMinute} calls of '${api}' reach Defender in any minute, and ${perHour} in any hour`, async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(fc.array(burst, { maxLength: 30, size: 'max' }), async (bursts) => {
          const sent = await arrivals(api, bursts);
          const moments = sent.map(({ at }) => at);
          assert.ok(busiest(moments, minute) <= perMinute, 'a minute had too many');
          assert.ok(busiest(moments, hour) <= perHour, 'an hour had too many');
          const background = sent.filter(({ priority }) => priority === 'background').map(({ at }) => at);
          assert.ok(busiest(background, minute) <= perMinute * 0.8, 'the background took the share of people');
        }),
        { numRuns: api === 'collect' ? 6 : 25 },
      );
    });
  }

  it('lets exactly a minute’s calls through at once, and the rest after the minute', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    const wish = { api: 'device', priority: 'person' } as const;
    for (let n = 0; n < 100; n += 1) assert.deepEqual(await budget.take(wish), { kind: 'taken' });
    assert.deepEqual(await budget.take(wish), { kind: 'none', retryAfterMs: minute + callPatience });
    now = later(now, minute + callPatience - 1);
    assert.deepEqual(await budget.take(wish), { kind: 'none', retryAfterMs: 1 });
    now = later(now, 1);
    assert.deepEqual(await budget.take(wish), { kind: 'taken' });
  });

  it('allows an hour’s calls in an hour, and not one more', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    let taken = 0;
    for (; now - start < hour; now = later(now, second)) {
      if ((await budget.take({ api: 'device', priority: 'person' })).kind === 'taken') taken += 1;
    }
    assert.equal(taken, 1_500);
  });

  it('keeps a fifth for people when following would take everything', async () => {
    const budget = new MemoryBudget(() => start);
    assert.equal(await takeAll(budget, { api: 'actions', priority: 'background' }), 80);
    assert.equal(await takeAll(budget, { api: 'actions', priority: 'person' }), 20);
  });

  it('keeps a fifth for following when people would take everything', async () => {
    const budget = new MemoryBudget(() => start);
    assert.equal(await takeAll(budget, { api: 'actions', priority: 'person' }), 80);
    assert.equal(await takeAll(budget, { api: 'actions', priority: 'background' }), 20);
  });

  it('does not let following spend its hour at the beginning: a hundred lists in any five minutes', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    const moments: number[] = [];
    for (; now - start < 20 * minute; now = later(now, second)) {
      const answer = await budget.take({ api: 'actions', priority: 'background' });
      if (answer.kind === 'taken') moments.push(now);
    }
    assert.equal(busiest(moments, 5 * minute), 100);
    assert.ok(moments.some((at) => at - start > 15 * minute));
  });

  it('counts each API by itself', async () => {
    const budget = new MemoryBudget(() => start);
    await takeAll(budget, { api: 'packageLink', priority: 'person' });
    assert.deepEqual(await budget.take({ api: 'cancel', priority: 'person' }), { kind: 'taken' });
  });

  it('gives everybody who has to wait a turn of their own, one after the other, and keeps it', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    const ask = async (turnOf: string) => {
      const answer = await budget.take({ api: 'collect', priority: 'person', turnOf });
      return answer.kind === 'none' ? answer.retryAfterMs : answer.kind;
    };
    for (let n = 0; n < 100; n += 1) assert.equal(await ask(`early ${n}`), 'taken');
    assert.equal(await ask('ana'), 90_000);
    assert.equal(await ask('ben'), 90_600);
    assert.equal(await ask('ana'), 90_000, 'asking again does not cost the place');
    now = later(now, 90_000);
    assert.equal(await ask('cleo'), 1_200, 'a newcomer does not go before those who wait');
    assert.equal(await ask('ana'), 'taken');
    assert.equal(await ask('ben'), 600);
  });

  it('gives a turn that nobody took up to nobody else, and its owner a new one', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    const ask = (turnOf: string) => budget.take({ api: 'collect', priority: 'person', turnOf });
    for (let n = 0; n < 100; n += 1) await ask(`early ${n}`);
    for (let n = 0; n < 101; n += 1) await ask(`late ${n}`);
    now = later(now, 90_000 + turnPatience + 1);
    assert.equal((await ask('late 0')).kind, 'none');
  });

  it('lets nobody call while a 429 lasts, and moves the turns behind it without mixing them', async () => {
    let now = start;
    const budget = new MemoryBudget(() => now);
    const ask = async (turnOf: string) => {
      const answer = await budget.take({ api: 'collect', priority: 'person', turnOf });
      return answer.kind === 'none' ? answer.retryAfterMs : answer.kind;
    };
    for (let n = 0; n < 100; n += 1) await ask(`early ${n}`);
    await ask('ana');
    await ask('ben');
    now = later(now, 80_000);
    await budget.pause('collect', 5 * minute);
    await budget.pause('collect', minute);
    assert.equal(await ask('cleo'), 5 * minute + 1_200);
    assert.equal(await ask('ben'), 5 * minute + 600);
    assert.equal(await ask('ana'), 5 * minute);
    now = later(now, 5 * minute);
    assert.equal(await ask('ana'), 'taken');
  });
});

async function takeAll(budget: MemoryBudget, wish: CallWish): Promise<number> {
  let taken = 0;
  while ((await budget.take(wish)).kind === 'taken') taken += 1;
  return taken;
}
