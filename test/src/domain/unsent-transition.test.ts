import assert from 'node:assert/strict';
import { later, minute } from '../../../src/domain/instant.ts';
import { sendPatience } from '../../../src/domain/patience.ts';
import { aCollection } from '../../build/collection.ts';
import { everyCollectionEvent } from '../../build/event.ts';
import { tenantId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { change, changedTo, nothingNew, now, words } from './one-collection.ts';

describe('a collection before its POST', () => {
  describe('that surely was not sent', () => {
    const { notSent } = everyCollectionEvent;
    const from = aCollection.submitting({ queuedAt: now });

    it('keeps the moment from which it has been tried', () => {
      assert.equal(changedTo(change(from, notSent, later(now, minute)), 'queued').queuedAt, now);
    });

    it('is given up after an hour, with the reason', () => {
      assert.equal(words(from, notSent, later(now, sendPatience - 1)), 'queued: announce, submit in 20 s');
      assert.deepEqual(changedTo(change(from, notSent, later(now, sendPatience)), 'refused').problem, notSent.problem);
    });

    it('announces the same reason once, not with every try', () => {
      const waiting = aCollection.queued({ delayedBy: { kind: 'signInUnavailable' } });
      const event = { ...notSent, attempt: 0, problem: { kind: 'signInUnavailable' } } as const;
      assert.equal(words(waiting, event), 'queued: submit in 20 s');
      assert.equal(words(aCollection.queued(), event), 'queued: announce, submit in 20 s');
    });

    it('is tried for a whole hour again after a sign-in', () => {
      const to = changedTo(change(aCollection.awaitingSignIn(), everyCollectionEvent.signedIn), 'queued');
      assert.equal(to.queuedAt, now);
    });
  });

  describe('that waits for a sign-in', () => {
    it('says why a new one is wanted', () => {
      const problem = { kind: 'moreProofNeeded' } as const;
      assert.deepEqual(
        changedTo(change(aCollection.queued(), { type: 'tokenMissing', problem }), 'awaitingSignIn').problem,
        problem,
      );
      assert.deepEqual(
        changedTo(change(aCollection.submitting(), everyCollectionEvent.tokenRejected), 'awaitingSignIn').problem,
        problem,
      );
    });

    it('goes on with the requester’s alone', () => {
      assert.equal(words(aCollection.awaitingSignIn(), { type: 'signedIn', by: omar }), nothingNew);
      const sameIdElsewhere = { ...dana, tenant: tenantId(2) };
      assert.equal(words(aCollection.awaitingSignIn(), { type: 'signedIn', by: sameIdElsewhere }), nothingNew);
    });

    it('expires at its time, not before', () => {
      const from = aCollection.awaitingSignIn();
      assert.equal(words(from, { type: 'timePassed' }, later(from.expiresAt, -1)), nothingNew);
      assert.equal(words(from, { type: 'timePassed' }, from.expiresAt), 'expired: announce');
    });
  });
});
