import assert from 'node:assert/strict';
import { clipped } from '../../cards/clipped.ts';

describe('Text that may be too long', () => {
  it('is left as it is where it fits', () => assert.equal(clipped('12345', 5), '12345'));

  it('ends in an ellipsis where it does not', () => assert.equal(clipped('123456', 5), '1234…'));

  it('is never cut within a letter', () => assert.equal(clipped('😀😀😀', 2), '😀…'));
});
