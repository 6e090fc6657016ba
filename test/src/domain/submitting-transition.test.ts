import assert from 'node:assert/strict';
import { hour, later, minute } from '../../../src/domain/instant.ts';
import { lateAcceptance, signInPatience } from '../../../src/domain/patience.ts';
import { aCollection } from '../../build/collection.ts';
import { everyCollectionEvent } from '../../build/event.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { omar } from '../../build/person.ts';
import { change, changedTo, nothingNew, now, stale, words } from './one-collection.ts';

describe('a collection on its way', () => {
  describe('an attempt', () => {
    const older = { count: 2, firstAt: past(minute) };

    it('is counted, and the start of the first one is kept', () => {
      const first = changedTo(change(aCollection.queued(), { type: 'attemptStarted' }), 'submitting');
      assert.deepEqual(first.attempts, { count: 1, firstAt: now });
      const second = changedTo(
        change(aCollection.queued({ attempts: first.attempts }), { type: 'attemptStarted' }, past(hour)),
        'submitting',
      );
      assert.deepEqual(second.attempts, { count: 2, firstAt: now });
      assert.equal(second.startedAt, past(hour));
    });

    it('is seen to begin where the card says that nothing was sent', () => {
      const delayed = aCollection.queued({ delayedBy: { kind: 'defenderUnavailable' } });
      assert.equal(words(delayed, { type: 'attemptStarted' }), 'submitting: announce');
    });

    for (const event of Object.values(everyCollectionEvent)) {
      if (!('attempt' in event)) continue;
      it(`that was given up changes nothing any more with ${event.type}`, () => {
        for (const from of [
          aCollection.submitting({ attempts: older }),
          aCollection.queued({ attempts: older }),
          aCollection.awaitingSignIn({ attempts: older }),
        ]) {
          assert.equal(change(from, event).kind, 'unchanged');
        }
      });
    }

    it('that was accepted after all is followed and not sent again, as long as no other has begun', () => {
      const given = aCollection.queued({
        attempts: { count: 1, firstAt: past(minute) },
        delayedBy: { kind: 'defenderUnavailable' },
      });
      assert.equal(words(given, everyCollectionEvent.accepted), 'running: announce, follow in 2 s, expire at 4325 min');
    });

    it('cannot have been accepted before the first one began', () => {
      assert.equal(words(aCollection.queued(), { ...everyCollectionEvent.accepted, attempt: 0 }), stale);
    });
  });

  describe('without a clear end of its POST', () => {
    const submitting = aCollection.submitting({ startedAt: now, emptyLooks: 2 });
    const vain = everyCollectionEvent.lookedInVain;

    it('is not sent again after three empty looks alone: 30 s must have passed', () => {
      assert.equal(words(submitting, vain, later(now, lateAcceptance - 1)), 'submitting: submit in 10 s');
    });

    it('is not sent again after 30 s alone: three looks must have been empty', () => {
      const once = aCollection.submitting({ startedAt: now, emptyLooks: 1 });
      assert.equal(words(once, vain, later(now, hour)), 'submitting: submit in 10 s');
    });

    it('is queued again after both', () => {
      const to = changedTo(change(submitting, vain, later(now, lateAcceptance)), 'queued');
      assert.deepEqual(to.delayedBy, { kind: 'defenderUnavailable' });
      assert.equal(to.attempts.count, 1);
    });

    it('is refused after both when Defender had said that one runs', () => {
      const said = { ...submitting, saidAlreadyRunning: true };
      const to = changedTo(change(said, vain, later(now, lateAcceptance)), 'refused');
      assert.deepEqual(to.problem, { kind: 'alreadyRunningUnseen' });
    });

    for (const event of [everyCollectionEvent.lookFailed, everyCollectionEvent.timePassed]) {
      it(`says after 8 h that the outcome is unknown (${event.type})`, () => {
        const from = aCollection.submitting({ startedAt: now });
        assert.notEqual(inWords(change(from, event, later(now, signInPatience - 1))), 'refused: announce');
        const to = changedTo(change(from, event, later(now, signInPatience)), 'refused');
        assert.deepEqual(to.problem, { kind: 'outcomeUnknown' });
      });
    }

    it('says once that a sign-in is needed to look, and looks on after it', () => {
      const blocked = changedTo(change(submitting, everyCollectionEvent.lookNeedsSignIn), 'submitting');
      assert.equal(blocked.blockedSince, now);
      assert.equal(words(blocked, everyCollectionEvent.lookNeedsSignIn), nothingNew);
      assert.equal(words(blocked, { type: 'signedIn', by: omar }), nothingNew);
      const outcome = change(blocked, everyCollectionEvent.signedIn);
      assert.equal(inWords(outcome), 'submitting: announce, submit at once');
      assert.equal(changedTo(outcome, 'submitting').blockedSince, undefined);
    });

    for (const event of [vain, everyCollectionEvent.lookFailed, everyCollectionEvent.unclear]) {
      it(`asks for no sign-in any more once somebody could look again (${event.type})`, () => {
        const blocked = aCollection.submitting({ blockedSince: now });
        const outcome = change(blocked, event);
        const isStillBlocked = changedTo(outcome, 'submitting').blockedSince !== undefined;
        assert.equal(isStillBlocked, event.type !== 'lookedInVain');
        if (!isStillBlocked) assert.equal(inWords(outcome), 'submitting: announce, submit in 10 s');
      });
    }
  });
});
