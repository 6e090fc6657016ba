/** The short form of `following.full.test.ts`: the shape, not the size. */
import assert from 'node:assert/strict';
import { minute, second } from '../../src/domain/instant.ts';
import { follow } from './following.ts';

describe('following, on a clock that moves from sweep to sweep', () => {
  it('asks the database for as much for thirty actions as for one, and tells each end within two intervals', async function () {
    this.timeout(2 * minute);
    const result = await follow({
      ...{ replicas: 2, people: 2, lonely: 1, actions: 60, ends: 20 },
      ...{ endsFromMs: 30 * second, endsUntilMs: minute, durationMs: 2 * minute },
    });
    assert.equal(result.quietStatements.length, 1, `statements of a quiet sweep: ${result.quietStatements.join()}`);
    assert.deepEqual([result.failures, result.refusedCalls, result.refusedPosts, result.untold], [[], 0, 0, 0]);
    assert.ok(result.ends > 0 && result.toldMedian <= 1 && result.toldP99 <= 2);
    assert.ok(result.lists <= result.sweeps, 'at most one list per person and sweep');
  });
});
