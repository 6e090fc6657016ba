/** More proof is asked for once; the same refusal after the sign-in is told, not asked for again. */
import assert from 'node:assert/strict';
import type { Problem } from '../../../src/domain/problem.ts';
import { transition } from '../../../src/domain/transition.ts';
import { aCollection } from '../../build/collection.ts';
import { dana } from '../../build/person.ts';
import { aProposalAt } from '../../build/request.ts';
import { change, changedTo, now } from './one-collection.ts';

const refused: Problem = { kind: 'moreProofNeeded', obstacle: 'policy', code: 'AADSTS53003' };
const blocked: Problem = { ...refused, kind: 'signInBlocked' };

describe('more proof', () => {
  it('of a proposal is asked for once: the sign-in is remembered, the same refusal after it ends the look-up', () => {
    const sightings: unknown[] = [];
    let request: Parameters<typeof transition>[0] = aProposalAt({ step: 'looking' });
    for (const event of [
      { type: 'signInWanted', problem: refused },
      { type: 'signedIn', by: dana },
      { type: 'signInWanted', problem: refused },
    ] as const) {
      const outcome = transition(request, event, now);
      assert.ok(outcome.kind === 'changed' && outcome.to.state === 'proposed');
      request = outcome.to;
      sightings.push(...outcome.to.devices.map(({ sighting }) => sighting));
    }
    assert.deepEqual(sightings, [
      { step: 'signInNeeded', problem: refused },
      { step: 'looking', signedInAfter: refused },
      { step: 'problem', problem: blocked },
    ]);
  });

  it('is another thing than a token that is merely missing: that is asked for as often as it is missing', () => {
    const outcome = transition(aProposalAt({ step: 'looking', signedInAfter: refused }), { type: 'signInWanted' }, now);
    assert.ok(outcome.kind === 'changed' && outcome.to.state === 'proposed');
    assert.deepEqual(outcome.to.devices[0]?.sighting, { step: 'signInNeeded' });
  });

  it('of a collection is remembered over the sign-in, a try that was not sent, and the attempt', () => {
    const waiting = aCollection.awaitingSignIn({ problem: refused });
    const queued = changedTo(change(waiting, { type: 'signedIn', by: dana }), 'queued');
    assert.deepEqual(queued.signedInAfter, refused);
    const outage = { type: 'notSent', attempt: 0, problem: { kind: 'signInUnavailable' }, retryMs: 10_000 } as const;
    const delayed = changedTo(change(queued, outage), 'queued');
    const sending = changedTo(change(delayed, { type: 'attemptStarted' }), 'submitting');
    assert.deepEqual(sending.signedInAfter, refused);
    const again = { type: 'tokenRejected', attempt: 1, problem: { kind: 'moreProofNeeded' } } as const;
    assert.deepEqual(changedTo(change(sending, again), 'refused').problem, { kind: 'signInBlocked' });
  });

  it('of a collection that Entra refuses again ends it, with what blocks', () => {
    const queued = aCollection.queued({ signedInAfter: refused });
    const missing = { type: 'tokenMissing', problem: refused } as const;
    assert.deepEqual(changedTo(change(queued, missing), 'refused').problem, blocked);
    assert.equal(changedTo(change(queued, { type: 'tokenMissing' }), 'awaitingSignIn').state, 'awaitingSignIn');
  });

  it('is not remembered of a sign-in that merely ended', () => {
    const waiting = aCollection.awaitingSignIn();
    assert.equal(changedTo(change(waiting, { type: 'signedIn', by: dana }), 'queued').signedInAfter, undefined);
  });

  it('that stops a look or the following is kept for the card, and goes with the next sign-in', () => {
    const blind = changedTo(
      change(aCollection.submitting(), { type: 'lookNeedsSignIn', attempt: 1, problem: refused }),
      'submitting',
    );
    assert.deepEqual(blind.blockedBy, refused);
    assert.equal(changedTo(change(blind, { type: 'signedIn', by: dana }), 'submitting').blockedBy, undefined);
    const lost = { type: 'watcherLost', watcher: dana, problem: refused } as const;
    const unwatched = changedTo(change(aCollection.running(), lost), 'unwatched');
    assert.deepEqual(unwatched.problem, refused);
    assert.ok(!('problem' in changedTo(change(unwatched, { type: 'signedIn', by: dana }), 'running')));
  });
});
