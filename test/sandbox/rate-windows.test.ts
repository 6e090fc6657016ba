import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RateWindows } from './rate-windows.ts';

describe('the limits of the sandbox', () => {
  it('hold in any window, not only in those that begin at a full minute', () => {
    let now = 0;
    const windows = new RateWindows(
      [
        { count: 2, milliseconds: 60 },
        { count: 3, milliseconds: 200 },
      ],
      () => now,
    );
    const taken: number[] = [];
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 60 }), (steps) => {
        for (const step of steps) {
          now += step;
          if (windows.take('x') === undefined) taken.push(now);
        }
        for (const at of taken) {
          assert.ok(taken.filter((other) => other >= at && other < at + 60).length <= 2);
          assert.ok(taken.filter((other) => other >= at && other < at + 200).length <= 3);
        }
      }),
    );
    assert.ok(taken.length > 3);
  });

  it('allow as many calls as they say, and no more', () => {
    let now = 0;
    const windows = new RateWindows([{ count: 3, milliseconds: 60 }], () => now);
    const waits = [0, 1, 2, 3].map((at) => {
      now = at;
      return windows.take('x');
    });
    assert.deepEqual(waits, [undefined, undefined, undefined, 57]);
  });

  it('say how long to wait, after which a call is allowed', () => {
    let now = 1000;
    const windows = new RateWindows([{ count: 1, milliseconds: 60 }], () => now);
    assert.equal(windows.take('x'), undefined);
    now += 10;
    assert.equal(windows.take('x'), 50);
    assert.equal(windows.take('y'), undefined);
    now += 50;
    assert.equal(windows.take('x'), undefined);
  });

  it('are none where the list is empty', () => {
    const windows = new RateWindows([]);
    for (let count = 0; count < 1000; count += 1) assert.equal(windows.take('x'), undefined);
  });
});
