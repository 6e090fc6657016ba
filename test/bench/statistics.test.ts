import assert from 'node:assert/strict';
import fc from 'fast-check';
import { measured, median, percentile, ratioOf, spreadOf } from './statistics.ts';

const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('the statistics of the bench', () => {
  it('take as p99 of 200 values the third largest, by nearest rank', () => {
    const hundred = Array.from({ length: 200 }, (_, place) => 200 - place);
    assert.deepEqual([percentile(hundred, 0.99), percentile(hundred, 0.5), percentile(hundred, 1)], [198, 100, 200]);
  });

  it('name a percentile that was measured, and that so many values do not exceed', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
        const found = percentile(list, share);
        assert.ok(list.includes(found));
        assert.ok(list.filter((value) => value <= found).length >= share * list.length);
        assert.ok(list.filter((value) => value < found).length < share * list.length);
      }),
    );
  });

  it('take the middle of an odd number of values, and the mean of the two in the middle of an even one', () => {
    assert.deepEqual([median([9, 1, 5]), median([4, 1, 9, 2])], [5, 3]);
  });

  it('say how far rounds lie apart as a share of their median', () => {
    assert.equal(spreadOf(measured([80, 100, 130])), 0.5);
  });

  it('divide round by round, so that what slows both for a while changes nothing', () => {
    assert.deepEqual(ratioOf([200, 100, 300], [100, 50, 150]), { median: 2, least: 2, most: 2 });
  });

  it('refuse to speak of what was not measured', () => {
    assert.throws(() => percentile([], 0.5), RangeError);
    assert.throws(() => median([]), RangeError);
    assert.throws(() => percentile([1], 0), RangeError);
    assert.throws(() => ratioOf([1, 2], [1]), RangeError);
  });
});
