/** The whole hour of `many-at-once.test.ts`; it takes a minute or two. */
import assert from 'node:assert/strict';
import { minute, second } from '../../../src/domain/instant.ts';
import { collectAll } from './crowd.ts';

describe('many people at once, for an hour', () => {
  it('1,500 collections of 40 people are all followed to their end, without a 429', async function () {
    this.timeout(10 * minute);
    const { ends, counter, started, longestLateMs } = await collectAll({
      people: 40,
      collections: 1_500,
      confirmedAfterMs: (n) => n * 2.4 * second,
    });
    assert.deepEqual(new Set(ends.map(({ state }) => state)), new Set(['succeeded']));
    assert.deepEqual([started, counter.arrived.get('collect'), counter.refused], [1_500, 1_500, 0]);
    assert.ok(longestLateMs < 5 * minute);
  });
});
