import assert from 'node:assert/strict';
import { ownButtons, requestButtons } from '../../cards/buttons.ts';
import { aCollection } from '../build/collection.ts';
import { collectionId, requestId } from '../build/ids.ts';
import { aConfirmed, aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyOwnProposal, everyRequest } from './every-card.ts';

/** The contract's table 'Buttons', by the name of the card. What is not listed here offers Try again. */
const contract: Readonly<Record<string, readonly string[]>> = {
  'proposed-signInNeeded': ['Sign in', 'Cancel'],
  'proposed-looking': ['Cancel'],
  'proposed-choosing': ['Continue', 'Cancel'],
  'proposed-found': ['Collect', 'Cancel', 'Edit'],
  'proposed-found-inactive': ['Collect', 'Cancel', 'Edit'],
  'proposed-long-reason': ['Collect', 'Cancel', 'Edit'],
  'problem-consentMissing': ['Ask your administrator', 'Try again'],
  'confirmed-queued': [],
  'confirmed-submitting': [],
  'confirmed-already-running': [],
  'confirmed-outcome-unseen': ['Sign in'],
  'confirmed-awaitingSignIn': ['Sign in', 'Cancel'],
  'confirmed-awaiting-consent': ['Sign in', 'Cancel'],
  'proposed-more-proof': ['Sign in', 'Cancel'],
  'confirmed-more-proof': ['Sign in', 'Cancel'],
  'confirmed-outcome-unseen-more-proof': ['Sign in'],
  'unwatched-more-proof': ['Refresh', 'Keep following', 'Sign in'],
  'confirmed-running': ['Refresh', 'Cancel collection'],
  'confirmed-unwatched': ['Refresh', 'Keep following', 'Sign in'],
  'running-in-progress': ['Refresh', 'Cancel collection'],
  'running-ours': ['Refresh', 'Cancel collection'],
  'running-probablyOurs': ['Refresh', 'Cancel collection'],
  'running-joined': ['Refresh', 'Cancel collection'],
  'running-joined-nameless': ['Refresh', 'Cancel collection'],
  'stopping-running': ['Refresh', 'Cancel collection'],
  'stopping-unwatched': ['Refresh', 'Keep following', 'Sign in'],
  'stopped-succeeded': ['Get download link'],
  'done-succeeded': ['Get download link'],
  'done-joined': ['Get download link'],
  'done-late-end': ['Get download link'],
  'done-unresolved': ['Refresh', 'Try again'],
  'stopped-unresolved': ['Refresh', 'Try again'],
  'many-done': ['Refresh', 'Retry failed'],
  'refused-consentMissing': ['Ask your administrator', 'Try again'],
  'many-proposed': ['Sign in', 'Cancel'],
  'many-found': ['Collect', 'Cancel', 'Edit'],
  'many-found-in-part': ['Collect', 'Cancel', 'Edit', 'Try again'],
  'many-left-out': ['Get download link'],
  'many-retry': ['Retry failed'],
  'many-downloads': [],
  'many-running': ['Sign in', 'Cancel'],
  awaiting: ['Approve', 'Deny', 'Cancel'],
  'awaiting-high-value': ['Approve', 'Deny', 'Cancel'],
  'awaiting-reminded': ['Approve', 'Deny', 'Cancel'],
  'awaiting-many': ['Approve', 'Deny', 'Cancel'],
  'awaiting-elsewhere': ['Cancel'],
  'approved-running': ['Refresh', 'Cancel collection'],
  'approved-done': ['Get download link'],
};

function expected(name: string): readonly string[] {
  const listed = contract[name];
  if (listed !== undefined) return listed;
  if (name.startsWith('delayed-') || name.startsWith('proposed-delayed-')) return ['Cancel'];
  return name.startsWith('problem-') || name === 'proposed-problem' ? ['Try again', 'Cancel'] : ['Try again'];
}

describe('The buttons of a card', () => {
  for (const [name, request] of everyRequest) {
    it(`'${name}' are those of the contract, the primary one first`, () => {
      assert.deepEqual(
        requestButtons(request, cardContext).map(({ title }) => title),
        expected(name),
      );
    });
  }

  for (const [name, request] of everyOwnProposal) {
    it(`'${name}' are those of the contract, in the requester’s own view`, () => {
      const isChoice = name.includes('choosing');
      const go = name.endsWith('running') ? 'Follow it' : 'Collect';
      assert.deepEqual(
        ownButtons(request, cardContext).map(({ title }) => title),
        isChoice ? ['Continue', 'Cancel'] : [go, 'Cancel', 'Edit'],
      );
    });
  }

  it('let a delayed collection be taken back only while nothing runs', () => {
    const collections = [
      aCollection.queued({ delayedBy: { kind: 'defenderUnavailable' } }),
      aCollection.running({ id: collectionId(2) }),
    ];
    const titles = requestButtons(aConfirmed({ collections }), cardContext).map(({ title }) => title);
    assert.deepEqual(titles, ['Refresh', 'Cancel collection']);
  });

  it('carry the request and the revision that the card shows', () => {
    const [collect] = requestButtons(aProposal({ revision: 7 }), cardContext);
    assert.deepEqual(collect, {
      type: 'Action.Execute',
      title: 'Collect',
      verb: 'collect',
      data: { request: requestId(), revision: 7 },
      style: 'positive',
    });
  });
});
