import assert from 'node:assert/strict';
import { unchangedAnswer, unknownCommandAnswer } from '../../cards/answers.ts';
import { aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyAnswer } from './every-sentence.ts';

describe('An answer to what cannot go on', () => {
  it('is one line, of a length that one reads', () => {
    for (const [name, answer] of everyAnswer) {
      assert.doesNotMatch(answer, /[\r\n]/, name);
      assert.ok(answer.length < 500, name);
    }
  });

  it('offers a way on: a command to type, a button to press, or who can help', () => {
    const ways = /`\/|\*\*|again|administrator|Send|Shorten|Say |member|card|new message|Copy|Update|Wait|whoever/;
    for (const [name, answer] of everyAnswer) assert.match(answer, ways, name);
  });

  it('names whose request it is to somebody who may not', () => {
    assert.match(unchangedAnswer(cardContext.say, 'notForYou', aProposal()), /\*\*Dana Reyes\*\*/);
  });

  it('repeats what was typed only as far as it is recognisable, and never as markup', () => {
    const answer = unknownCommandAnswer(cardContext.say, `<at>everyone</at>${'x'.repeat(500)}`, 'help');
    assert.ok(answer.length < 200);
    assert.doesNotMatch(answer, /</);
  });
});
