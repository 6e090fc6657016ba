import assert from 'node:assert/strict';
import { hour, minute, second } from '../../../src/domain/instant.ts';
import { followPace } from '../../../src/domain/pace.ts';

describe('followPace', () => {
  for (const [age, pace] of [
    [0, 20 * second],
    [10 * minute - 1, 20 * second],
    [10 * minute, minute],
    [hour - 1, minute],
    [hour, 5 * minute],
    [70 * hour, 5 * minute],
  ] as const) {
    it(`is ${pace / second} s for an action of ${age / second} s`, () => {
      assert.equal(followPace(age, 20 * second, 1), pace);
    });
  }

  it('is never faster than configured', () => {
    for (const age of [0, 20 * minute, 2 * hour]) assert.equal(followPace(age, 10 * minute, 1), 10 * minute);
  });

  it('is that of a young one when clocks disagree and it seems to come from the future', () => {
    assert.equal(followPace(-minute, 20 * second, 1), 20 * second);
  });

  it('slows down with the number of watchers, so that their lists together use at most 1,200 calls an hour', () => {
    for (const watchers of [6, 7, 40, 1_000]) {
      const pace = followPace(0, 20 * second, watchers);
      assert.ok((watchers * hour) / pace <= 1_200, `${watchers} watchers at ${pace} ms`);
    }
    // The budget's hour is 10 s longer than Defender's.
    assert.equal(followPace(0, 20 * second, 40), 2 * minute + 334);
    assert.equal(followPace(2 * hour, 20 * second, 40), 5 * minute);
  });
});
