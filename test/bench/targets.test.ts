import assert from 'node:assert/strict';
import { aRun, startsOf, tasksOf } from './a-run.ts';
import { type Verdict, verdicts } from './targets.ts';

function verdictOn(title: string, run: Parameters<typeof verdicts>[0]): Verdict {
  const found = verdicts(run).find(({ target }) => target.title.includes(title));
  if (found === undefined) throw new Error(`there is no target ${title}`);
  return found;
}

describe('the targets of the bench', () => {
  it('are met at their limit, and not a little beyond it', () => {
    const at = (perSecond: number) =>
      verdictOn('edge alone', aRun({ tasks: tasksOf('collectorPostgres', 'help', Array(3).fill({ perSecond })) }));
    assert.deepEqual([at(1_200).isMet, at(1_199).isMet], [true, false]);
    const slow = (repliedP99: number) =>
      verdictOn(
        'p99 to the card',
        aRun({ tasks: tasksOf('collectorPostgres', 'collect', Array(3).fill({ repliedP99 })) }),
      );
    assert.deepEqual([slow(100).isMet, slow(101).isMet], [true, false]);
  });

  it('are judged by the median of the rounds, and tell their spread', () => {
    const rounds = [{ perSecond: 100 }, { perSecond: 440 }, { perSecond: 480 }];
    const { value, isMet } = verdictOn(
      'PostgreSQL: throughput',
      aRun({ tasks: tasksOf('collectorPostgres', 'collect', rounds) }),
    );
    assert.deepEqual([value, isMet], [{ median: 1.1, least: 0.25, most: 1.2 }, true]);
  });

  it('take the second start on the embedded store in seconds, and the click by its p99', () => {
    const run = aRun({
      starts: startsOf('collectorEmbedded', [{ coldMs: 1_400 }, { coldMs: 1_600 }, { coldMs: 1_450 }]),
      clickToPostMs: [...Array.from({ length: 49 }, () => 200), 1_200],
    });
    assert.deepEqual(verdictOn('second start', run).value?.median, 1.45);
    assert.deepEqual([verdictOn('click', run).value?.median, verdictOn('click', run).isMet], [1.2, false]);
  });

  it('are not met when a click was lost, however quick the others were', () => {
    assert.equal(verdictOn('click', aRun({ clickToPostMs: [100, 100], clicksLost: 1 })).isMet, false);
    assert.equal(verdictOn('click', aRun({ clickToPostMs: [100, 100] })).isMet, true);
  });

  it('are not met by what was not measured', () => {
    assert.deepEqual(
      verdicts(aRun()).map(({ value, isMet }) => [value, isMet]),
      Array(8).fill([undefined, false]),
    );
  });
});
