import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Disturbance, makeSchedule } from './schedule.ts';

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const durations = fc.integer({ min: 10_000, max: 900_000 });

describe('the schedule of a chaos run', () => {
  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(seeds, durations, (seed, durationMs) => {
        assert.deepEqual(makeSchedule(seed, durationMs, 3), makeSchedule(seed, durationMs, 3));
      }),
      { numRuns: 20 },
    );
  });

  it('is another one for another seed', () => {
    assert.notDeepEqual(makeSchedule(1, 60_000, 3).disturbances, makeSchedule(2, 60_000, 3).disturbances);
  });

  it('lies within the run, in order, and stops one replica at a time', () => {
    fc.assert(
      fc.property(seeds, durations, (seed, durationMs) => {
        const { asks, disturbances } = makeSchedule(seed, durationMs, 3);
        for (const { at } of [...asks, ...disturbances]) assert.ok(at >= 0 && at < durationMs);
        const times = disturbances.map(({ at }) => at);
        assert.deepEqual(
          times,
          times.toSorted((one, other) => one - other),
        );
        const stops = disturbances.filter((each) => each.kind === 'kill' || each.kind === 'pause');
        stops.reduce((end, { at, forMs }) => {
          assert.ok(at >= end);
          return at + forMs;
        }, 0);
      }),
      { numRuns: 30 },
    );
  });

  it('holds every kind of disturbance in ten minutes, and a stop that outlasts a job’s time', () => {
    const { disturbances } = makeSchedule(1, 600_000, 3);
    const kinds = new Set(disturbances.map(({ kind }) => kind));
    const all: readonly Disturbance['kind'][] = [
      'fault',
      'hostDown',
      'kill',
      'pause',
      'restartPostgres',
      'forgetToken',
      'signOut',
    ];
    assert.deepEqual(kinds, new Set(all));
    assert.ok(disturbances.some((each) => each.kind === 'pause' && each.forMs > 60_000));
  });
});
