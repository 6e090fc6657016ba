import assert from 'node:assert/strict';
import { minute, second } from '../../../src/domain/instant.ts';
import { collectAll } from './crowd.ts';

describe('many people at once', () => {
  it('150 collections of 40 people in 6 min are sent at once and followed to their end, without a 429', async () => {
    const { ends, counter, started, longestQueueMs, longestLateMs } = await collectAll({
      people: 40,
      collections: 150,
      confirmedAfterMs: (n) => n * 2.4 * second,
    });
    assert.deepEqual(new Set(ends.map(({ state }) => state)), new Set(['succeeded']));
    assert.deepEqual([started, counter.arrived.get('collect'), counter.refused], [150, 150, 0]);
    assert.ok(longestQueueMs < second);
    assert.ok(longestLateMs < 5 * minute);
  });

  it('150 clicks within a second are each sent once, at their turn, without a 429', async () => {
    const { ends, counter, started, longestQueueMs } = await collectAll({
      people: 40,
      collections: 150,
      confirmedAfterMs: (n) => n,
    });
    assert.deepEqual(new Set(ends.map(({ state }) => state)), new Set(['succeeded']));
    assert.deepEqual([started, counter.arrived.get('collect'), counter.refused], [150, 150, 0]);
    assert.ok(longestQueueMs > minute && longestQueueMs < 3 * minute);
  });
});
