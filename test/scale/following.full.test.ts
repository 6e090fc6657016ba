/** Following at the size that the performance page names, and how its cost grows. */
import assert from 'node:assert/strict';
import { minute } from '../../src/domain/instant.ts';
import { type FollowingResult, follow } from './following.ts';

const replicas = 3;
const people = 40;
/** In an hour Defender lets 1,500 actions begin; so about as many end. */
const endsInAnHour = 1_500;
const sizes = [10, 100, 1_000, 10_000] as const;

describe('following at scale', () => {
  const results = new Map<number, FollowingResult>();

  for (const actions of sizes) {
    it(`follows ${actions} actions within every limit, and tells each end within two intervals`, async function () {
      this.timeout(120 * minute);
      const result = await follow({
        ...{ replicas, actions, people: Math.min(people, actions / 2), ends: endsInAnHour },
        ...{ endsFromMs: 2 * minute, endsUntilMs: 54 * minute, durationMs: 66 * minute },
      });
      results.set(actions, result);
      console.log(rowOf(actions, result));
      assert.deepEqual(result.failures, []);
      assert.deepEqual([result.refusedCalls, result.refusedPosts, result.untold], [0, 0, 0]);
      assert.ok(result.mostCallsInAMinute <= 100, `${result.mostCallsInAMinute} calls in a minute`);
      assert.ok(result.mostCallsInAnHour <= 1_500, `${result.mostCallsInAnHour} calls in an hour`);
      assert.ok(result.lists <= result.sweeps, 'at most one list per person and sweep');
      assert.ok(result.toldMedian <= 1, `half is told after ${result.toldMedian} intervals`);
      assert.ok(result.toldP99 <= 2, `99 % are told after ${result.toldP99} intervals`);
    });
  }

  it('asks the database for as much whether somebody follows one action or two hundred and fifty', () => {
    const statements = new Set([...results.values()].flatMap(({ quietStatements }) => quietStatements));
    assert.equal(results.size, sizes.length);
    assert.equal(statements.size, 1, `statements of a sweep without news: ${[...statements].join()}`);
  });
});

function rowOf(actions: number, result: FollowingResult): string {
  const { sweeps, calls, quietStatements, quietCpuMs, statementsPerChange, ends, toldMedianMs, toldMedian, toldP99 } =
    result;
  const cells = [
    ...[actions, sweeps, calls, result.mostCallsInAMinute, quietStatements.join(), statementsPerChange.toFixed(1)],
    ...[quietCpuMs.toFixed(1), ends, Math.round(toldMedianMs / 1_000), toldMedian.toFixed(2), toldP99.toFixed(2)],
  ];
  return `    | ${cells.join(' | ')} |`;
}
