import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstFree } from '../../../src/domain/rate-limit.ts';

const limits = [
  { calls: 3, withinMs: 100 },
  { calls: 5, withinMs: 1_000 },
];

describe('the first free moment', () => {
  it('is any moment when nobody has called', () => {
    assert.equal(firstFree([], limits, 0), 0);
  });

  it('comes when the call that fills a window leaves it', () => {
    assert.equal(firstFree([10, 20, 30], limits, 0), 110);
    assert.equal(firstFree([10, 20, 30], limits, 7), 117);
  });

  it('is never before the last call', () => {
    assert.equal(firstFree([500], limits, 0), 500);
  });

  it('taken by everybody as soon as they may, no window of any limit holds more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 60 }), (pauses) => {
        const moments: number[] = [];
        let now = 1;
        for (const pause of pauses) {
          now = Math.max(now + pause, firstFree(moments, limits, 0));
          moments.push(now);
        }
        for (const { calls, withinMs } of limits) {
          for (const from of moments) {
            const within = moments.filter((at) => at >= from && at < from + withinMs);
            assert.ok(within.length <= calls, `${within.length} calls within ${withinMs} ms`);
          }
        }
      }),
    );
  });
});
