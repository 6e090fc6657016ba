import assert from 'node:assert/strict';
import { type Fixer, fixedBy } from '../../cards/fixed-by.ts';
import { plainText } from '../../cards/plain-text.ts';
import { problemWords } from '../../cards/problem-words.ts';
import { everyProblem } from '../build/problem.ts';
import { cardContext } from './card-context.ts';

/** By which words a card sends its reader to each of them. */
const told = {
  person: /^(?:Sign in again|Compare it|Update the device|Try again once|Look at the device)/,
  colleague: /\bcolleague\b|\bAsk a member of this organisation\b/,
  defenderAdministrator: /your Defender administrator/i,
  tenantAdministrator: /your tenant’s administrator/i,
  operator: /whoever runs this bot/,
  time: /^Wait |^Try again (?:after|in) /,
} as const satisfies Readonly<Record<Fixer, RegExp>>;

describe('Who can fix a problem', () => {
  for (const problem of Object.values(everyProblem)) {
    it(`${problem.kind}: is whom its card sends the reader to, and nobody else`, () => {
      const next = plainText(problemWords(cardContext.say, problem).next);
      const named = Object.entries(told).flatMap(([fixer, pattern]) => (pattern.test(next) ? [fixer] : []));
      assert.deepEqual(named.toSorted(), [...fixedBy(problem)].toSorted(), next);
    });
  }

  it('says “wait” only where nobody has to act', () => {
    for (const problem of Object.values(everyProblem)) {
      const fixers = fixedBy(problem);
      if (fixers.includes('time')) assert.deepEqual(fixers, ['time'], problem.kind);
    }
  });

  it('has a name for everybody that can be read as an answer', () => {
    for (const name of Object.values(cardContext.say.fixers)) assert.match(name, /^[a-z][a-zA-Z’: ]+$/);
  });
});
