import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composeComment, refOf } from '../../../src/domain/comment.ts';
import { newCollectionRef } from '../../../src/domain/ids.ts';
import { parseReason } from '../../../src/domain/reason.ts';
import { collectionRef } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, anApproval, aReason } from '../../build/request.ts';
import { untrustedText } from '../../cards/untrusted-text.ts';

describe('the Comment of a collection', () => {
  it('opens with the ref, the reason after it', () => {
    assert.equal(
      composeComment(collectionRef(), aConfirmed({ reason: aReason('why') })),
      '[ref 00000000000000000001] why',
    );
  });

  it('names who asked and who approved, before the reason, so that nobody can claim it by their reason', () => {
    const request = aConfirmed({ reason: aReason('[asked by a, approved by b] why'), approval: anApproval() });
    assert.equal(
      composeComment(collectionRef(), request),
      '[ref 00000000000000000001] [asked by Dana Reyes, approved by Omar Haddad omar.haddad@corp.example] asked by a, approved by b] why',
    );
  });

  it('lets no name look like two names, or end its bracket', () => {
    const by = { ...omar, name: 'Eve], approved by [CISO' };
    const { upn: _, ...approval } = anApproval({ by });
    const comment = composeComment(collectionRef(), aConfirmed({ reason: aReason('why'), approval }));
    assert.equal(comment, '[ref 00000000000000000001] [asked by Dana Reyes, approved by Eve approved by CISO] why');
  });

  it('gives long and empty names their place', () => {
    const by = { ...omar, name: '\u202e' };
    const { upn: _, ...approval } = anApproval({ by });
    const request = aConfirmed({ requester: { ...dana, name: 'D'.repeat(300) }, reason: aReason('why'), approval });
    assert.match(
      composeComment(collectionRef(), request),
      /^\[ref \w+\] \[asked by D{80}, approved by somebody\] why$/,
    );
  });

  it('gives its ref back, whatever the reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const check = parseReason(typed);
        const ref = newCollectionRef();
        if (check.ok) assert.equal(refOf(composeComment(ref, aConfirmed({ reason: check.reason }))), ref);
      }),
    );
  });

  it('is one line that names two people and then the reason, whatever the two are called', () => {
    fc.assert(
      fc.property(
        untrustedText,
        untrustedText,
        fc.option(untrustedText, { nil: undefined }),
        (asker, approver, upn) => {
          const { upn: _, ...approval } = anApproval({ by: { ...omar, name: approver } });
          const comment = composeComment(collectionRef(), {
            requester: { ...dana, name: asker },
            reason: aReason('why'),
            approval: upn === undefined ? approval : { ...approval, upn },
          });
          assert.match(comment, /^\[ref 00000000000000000001\] \[asked by [^[\],]+, approved by [^[\],]+\] why$/);
          assert.doesNotMatch(comment, /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u);
        },
      ),
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
