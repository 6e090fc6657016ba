import assert from 'node:assert/strict';
import { mia } from '../sandbox/people.ts';
import { openStage, type Stage } from './stage.ts';
import { assertOnce, type Ending, equalDevices, playAll, type UnclearCase } from './unclear-post.ts';

const body = { error: { code: 'InternalServerError', message: 'It went wrong.' } };
const cases: readonly UnclearCase[] = [
  {
    promise: 'whose answer was lost after Defender had accepted it is found, and not sent again',
    fault: { kind: 'loseAnswer' },
    sent: 1,
  },
  {
    promise: 'that Defender accepted and answered with 500 is found, and not sent again',
    fault: { kind: 'answerInstead', status: 500, body },
    sent: 1,
  },
  {
    promise: 'whose answer broke off half-way is found, and not sent again',
    fault: { kind: 'truncate' },
    sent: 1,
  },
];

/** The first look comes 10 s after the POST, so all of them wait together. The longer ones are in the full run. */
describe('a POST to Defender, shown in the list only after 8 s,', function () {
  this.timeout(120_000);
  const devices = equalDevices(cases.length, 1_000);
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
});
