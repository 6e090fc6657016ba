import assert from 'node:assert/strict';
import type { Collection } from '../../../src/domain/request.ts';
import { needsWindow } from '../../../src/domain/sign-in-window.ts';
import { aCollection } from '../../build/collection.ts';
import { start } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aProposalAt } from '../../build/request.ts';

const problem = { kind: 'moreProofNeeded', obstacle: 'secondFactor' } as const;

describe('A sign-in in a window', () => {
  it('is for the requester of a proposal whose sign-in was not good enough, and for nobody else', () => {
    const request = aProposalAt({ step: 'signInNeeded', problem });
    assert.equal(needsWindow(request, dana), true);
    assert.equal(needsWindow(request, omar), false);
    assert.equal(needsWindow(aProposalAt({ step: 'signInNeeded' }), dana), false);
    assert.equal(needsWindow(aProposalAt({ step: 'problem', problem: { kind: 'consentMissing' } }), dana), false);
  });

  const waiting: readonly Collection[] = [
    aCollection.awaitingSignIn({ problem }),
    aCollection.submitting({ blockedSince: start, blockedBy: problem }),
    aCollection.unwatched({ problem }),
  ];
  for (const collection of waiting) {
    it(`is for the one whose sign-in a collection that is ${collection.state} waits for`, () => {
      const request = aConfirmed({ collections: [aCollection.running(), collection] });
      assert.equal(needsWindow(request, dana), true);
      assert.equal(needsWindow(request, omar), false);
    });
  }

  it('is for whoever followed last, also when the request is another’s', () => {
    const request = aConfirmed({ collections: [aCollection.unwatched({ lastWatcher: omar, problem })] });
    assert.equal(needsWindow(request, omar), true);
    assert.equal(needsWindow(request, dana), false);
  });

  it('is not wanted where nobody found the last sign-in wanting', () => {
    for (const make of Object.values(aCollection)) {
      assert.equal(needsWindow(aConfirmed({ collections: [make()] }), dana), false);
    }
  });
});
