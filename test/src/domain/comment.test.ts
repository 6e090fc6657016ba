import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composeComment, refOf } from '../../../src/domain/comment.ts';
import { newCollectionRef } from '../../../src/domain/ids.ts';
import { parseReason } from '../../../src/domain/reason.ts';
import { collectionRef } from '../../build/ids.ts';
import { aReason } from '../../build/request.ts';

describe('the Comment of a collection', () => {
  it('opens with the ref, the reason after it', () => {
    assert.equal(composeComment(collectionRef(), aReason('why')), '[ref 00000000000000000001] why');
  });

  it('gives its ref back, whatever the reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const check = parseReason(typed);
        const ref = newCollectionRef();
        if (check.ok) assert.equal(refOf(composeComment(ref, check.reason)), ref);
      }),
    );
  });

  for (const comment of [
    '',
    'by hand',
    ' [ref 00000000000000000001] why',
    'x [ref 00000000000000000001] why',
    '[ref 0000000000000000000] too short',
    '[ref 000000000000000000001] too long',
    '[ref 0000000000000000000G] no hex',
    '[REF 00000000000000000001] why',
  ]) {
    it(`has no ref when it is “${comment}”`, () => assert.equal(refOf(comment), undefined));
  }
});
