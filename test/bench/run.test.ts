import assert from 'node:assert/strict';
import { rotated } from './run.ts';

describe('the rounds of the bench', () => {
  it('begin with another contestant each, and leave out nobody', () => {
    const all = ['a', 'b', 'c'];
    assert.deepEqual(
      [0, 1, 2, 3].map((round) => rotated(all, round).join('')),
      ['abc', 'bca', 'cab', 'abc'],
    );
    assert.deepEqual(rotated([], 2), []);
  });
});
