import assert from 'node:assert/strict';
import { aRun, tasksOf } from './a-run.ts';
import { complaints } from './noise.ts';

describe('the noise of a bench run', () => {
  it('is none on a quiet machine', () => {
    assert.deepEqual(complaints(aRun()), []);
  });

  it('is named when others kept the machine busy before the start', () => {
    assert.match(complaints(aRun({ busyBefore: 0.9 })).join(), /others kept 0.90 processors busy/);
  });

  it('is named when the echo itself differs much between rounds', () => {
    const run = { ...aRun(), tasks: tasksOf('botbuilder', 'echo', [{ perSecond: 400 }, { perSecond: 250 }, {}]) };
    assert.match(complaints(run).join(), /lie 38 % apart/);
  });

  it('is named when there were too few rounds to see any', () => {
    const run = { ...aRun(), tasks: tasksOf('botbuilder', 'echo', [{}, {}]) };
    assert.match(complaints(run).join(), /fewer than three rounds/);
  });

  it('is named when load and stand-ins were busy themselves, but not beside bare Node, which shows just that', () => {
    const busy = (contestant: 'teams' | 'bare') =>
      complaints(aRun({ tasks: tasksOf(contestant, 'echo', [{ benchShare: 0.95 }]) }));
    assert.match(busy('teams').join(), /busy themselves, which slows: teams echo/);
    assert.deepEqual(busy('bare'), []);
  });
});
