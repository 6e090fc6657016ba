import assert from 'node:assert/strict';
import { plainText } from '../../cards/plain-text.ts';
import { problemWords } from '../../cards/problem-words.ts';
import { everyProblem } from '../build/problem.ts';

const helpers = /administrator|Wait|Try again|press|Sign in again|Ask a member|Copy the device ID|Update the device/;

describe('A problem in words', () => {
  for (const problem of Object.values(everyProblem)) {
    it(`${problem.kind}: says what happened, what it means, and what to do or who can help`, () => {
      const { what, meaning, next } = problemWords(problem);
      for (const sentence of [what, meaning, next]) assert.match(plainText(sentence), /^[A-Z0-9].*\.$/);
      assert.match(plainText(next), helpers);
    });
  }

  it('shows the correlation id where there is one, and no empty line where there is none', () => {
    const withId = problemWords(everyProblem.notPermitted).forAdministrator;
    assert.ok(withId !== undefined && plainText(withId).endsWith('6f1f1f9c-66f4-4e0b-9b0f-2d5c7a3e9a10'));
    assert.equal(problemWords({ kind: 'notPermitted' }).forAdministrator, undefined);
  });

  it('names the missing role both as classic and as Unified RBAC call it', () => {
    const next = plainText(problemWords({ kind: 'notPermitted' }).next);
    for (const role of ['Alerts investigation', 'View data', 'Alerts (manage)', 'Security data basics (read)']) {
      assert.ok(next.includes(role), role);
    }
  });

  it('does not claim that nothing was collected where that is not known', () => {
    assert.doesNotMatch(plainText(problemWords({ kind: 'outcomeUnknown' }).meaning), /Nothing was collected/);
  });

  it('says after how long to try again when the bot has no call left', () => {
    const { next } = problemWords({ kind: 'noBudget', until: everyProblem.noBudget.until, waitMs: 31_200 });
    assert.match(plainText(next), /^Try again in 31 s\./);
  });

  it('names the code that Defender gave, and goes without one', () => {
    const named = problemWords({ kind: 'defenderRefused', status: 400, code: 'InvalidInput' });
    const nameless = problemWords({ kind: 'defenderRefused', status: 400, code: '' });
    assert.equal(plainText(named.what), 'Defender refused the call (400 InvalidInput).');
    assert.equal(plainText(nameless.what), 'Defender refused the call (400).');
  });
});
