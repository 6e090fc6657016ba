import assert from 'node:assert/strict';
import { plainText } from '../../cards/plain-text.ts';
import { problemWords } from '../../cards/problem-words.ts';
import { obstacles } from '../../src/domain/problem.ts';
import { everyProblem } from '../build/problem.ts';
import { cardContext } from './card-context.ts';

const helpers = /administrator|Wait|Try again|press|Sign in again|Ask a member|whoever runs this bot|Update the device/;

describe('A problem in words', () => {
  for (const problem of Object.values(everyProblem)) {
    it(`${problem.kind}: says what happened, what it means, and what to do or who can help`, () => {
      const { what, meaning, next } = problemWords(cardContext.say, problem);
      for (const sentence of [what, meaning, next]) assert.match(plainText(sentence), /^[A-Z0-9].*\.$/);
      assert.match(plainText(next), helpers);
    });
  }

  it('shows the correlation id where there is one, and no empty line where there is none', () => {
    const withId = problemWords(cardContext.say, everyProblem.notPermitted).forAdministrator;
    assert.ok(withId !== undefined && plainText(withId).endsWith('6f1f1f9c-66f4-4e0b-9b0f-2d5c7a3e9a10'));
    assert.equal(problemWords(cardContext.say, { kind: 'notPermitted' }).forAdministrator, undefined);
  });

  for (const obstacle of [...obstacles, undefined]) {
    it(`says what stands in the way of a sign-in, and its number, before and after the new sign-in: ${obstacle}`, () => {
      const proof = { ...(obstacle === undefined ? {} : { obstacle }), code: 'AADSTS12345' };
      const first = problemWords(cardContext.say, { kind: 'moreProofNeeded', ...proof });
      const again = problemWords(cardContext.say, { kind: 'signInBlocked', ...proof });
      assert.match(plainText(first.what), /^[A-Z].*\(AADSTS12345\)\.$/);
      assert.equal(plainText(again.what), `The new sign-in has not helped. ${plainText(first.what)}`);
      assert.match(plainText(first.next), /^Sign in again/);
      assert.match(plainText(again.next), /administrator .* correlation ID/);
    });
  }

  it('names the missing role both as classic and as Unified RBAC call it', () => {
    const next = plainText(problemWords(cardContext.say, { kind: 'notPermitted' }).next);
    for (const role of ['Alerts investigation', 'View data', 'Alerts (manage)', 'Security data basics (read)']) {
      assert.ok(next.includes(role), role);
    }
  });

  it('does not claim that nothing was collected where that is not known', () => {
    assert.doesNotMatch(
      plainText(problemWords(cardContext.say, { kind: 'outcomeUnknown' }).meaning),
      /Nothing was collected/,
    );
  });

  it('says after how long to try again when the bot has no call left', () => {
    const { next } = problemWords(cardContext.say, {
      kind: 'noBudget',
      until: everyProblem.noBudget.until,
      waitMs: 31_200,
    });
    assert.match(plainText(next), /^Try again in 31 s\./);
  });

  it('names the code that Defender gave, and goes without one', () => {
    const named = problemWords(cardContext.say, { kind: 'defenderRefused', status: 400, code: 'InvalidInput' });
    const nameless = problemWords(cardContext.say, { kind: 'defenderRefused', status: 400, code: '' });
    assert.equal(plainText(named.what), 'Defender refused the call (400 InvalidInput).');
    assert.equal(plainText(nameless.what), 'Defender refused the call (400).');
  });
});
