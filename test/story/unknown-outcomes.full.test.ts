import assert from 'node:assert/strict';
import { mia } from '../sandbox/people.ts';
import { openStage, type Stage } from './stage.ts';
import { assertOnce, type Ending, equalDevices, playAll, type UnclearCase } from './unclear-post.ts';

const cases: readonly UnclearCase[] = [
  {
    promise: 'that never arrived is sent once more, after 30 s and three looks',
    fault: { kind: 'hang' },
    sent: 2,
  },
  {
    promise: 'that Defender took 20 s late is found, and not sent again',
    fault: { kind: 'actLate', milliseconds: 20_000 },
    sent: 1,
  },
  {
    promise: 'that arrives after it was sent once more is refused by Defender, because one is running',
    fault: { kind: 'actLate', milliseconds: 45_000 },
    sent: 2,
  },
  {
    promise: 'whose connection broke before Defender had read it is sent once more, after 30 s and three looks',
    fault: { kind: 'reset' },
    sent: 2,
  },
  {
    promise: 'answered with 500 and not accepted is sent once more, after 30 s and three looks',
    fault: { kind: 'answer', status: 500 },
    sent: 2,
  },
  {
    promise: 'whose answer was lost is found, also when the list shows it only after 8 s',
    fault: { kind: 'loseAnswer' },
    sent: 1,
  },
];

describe('a POST to Defender, with all of the waiting that it takes,', function () {
  this.timeout(400_000);
  const devices = equalDevices(cases.length, 30_000);
  let stage: Stage;
  let endings: readonly Promise<Ending>[];

  before(async () => {
    stage = await openStage({ devices, defender: { listLagMs: 8_000 } });
    stage.sandbox.tokenService.signIn(mia);
    endings = playAll(stage.sandbox, devices, cases);
  });
  after(() => stage.close());

  for (const [index, { promise, sent }] of cases.entries()) {
    it(promise, async () => {
      const ending = await endings[index];
      assert.ok(ending);
      assertOnce(ending, sent);
    });
  }

  it('leaves nothing behind: a late POST was refused before the end of what runs', () => {
    const { journal } = stage.sandbox;
    const answers = journal.all('defender.collect.answered', ({ data }) => data.fault === 'actLate');
    assert.deepEqual(answers.map(({ data }) => data.status).toSorted(), [201, 400]);
  });
});
