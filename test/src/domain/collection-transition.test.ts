import assert from 'node:assert/strict';
import {
  type CollectionEvent,
  changeCollection,
  followPatience,
  lateAcceptance,
  sendPatience,
  signInPatience,
} from '../../../src/domain/collection-transition.ts';
import { hour, type Instant, later, minute } from '../../../src/domain/instant.ts';
import { actionStatuses } from '../../../src/domain/machine-action.ts';
import { type Collection, isFinal } from '../../../src/domain/request.ts';
import type { Outcome } from '../../../src/domain/transition.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { eventsAfter, everyCollectionEvent } from '../../build/event.ts';
import { deviceId, machineActionId, tenantId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { aPerson, dana, omar } from '../../build/person.ts';

const now = past(eventsAfter);

function change(collection: Collection, event: CollectionEvent, at: Instant = now): Outcome<Collection> {
  return changeCollection(collection, event, dana, at);
}

function words(collection: Collection, event: CollectionEvent, at: Instant = now): string {
  return inWords(change(collection, event, at));
}

function changedTo<State extends Collection['state']>(
  outcome: Outcome<Collection>,
  state: State,
): Collection & { readonly state: State } {
  assert.ok(outcome.kind === 'changed' && hasState(outcome.to, state), inWords(outcome));
  return outcome.to;
}

function hasState<State extends Collection['state']>(
  collection: Collection,
  state: State,
): collection is Collection & { readonly state: State } {
  return collection.state === state;
}

type Row = { readonly [Type in CollectionEvent['type']]?: string };

const notNow = 'no change: notNow';
const stale = 'no change: staleAttempt';
const nothingNew = 'no change: nothingNew';

/**
 * What each event does in each state, five minutes after the request. Events that a row does not name change nothing,
 * because they are not for that state. A new state does not compile until it has its row.
 */
const table: { readonly [State in Collection['state']]: { readonly from: Collection; readonly row: Row } } = {
  queued: {
    from: aCollection.queued({ attempts: { count: 1, firstAt: past(minute) } }),
    row: {
      attemptStarted: 'submitting: in silence',
      accepted: 'running: announce, follow in 2 s, expire at 4325 min',
      joined: 'running: announce, follow in 2 s, expire at 4325 min',
      refused: 'refused: announce',
      notSent: 'queued: announce, submit in 20 s',
      deviceBusy: 'queued: submit in 10 s',
      tokenMissing: 'awaitingSignIn: announce, expire at 485 min',
      withdrawn: 'withdrawn: announce',
      signedIn: nothingNew,
      timePassed: nothingNew,
    },
  },
  awaitingSignIn: {
    from: aCollection.awaitingSignIn({ attempts: { count: 1, firstAt: past(minute) } }),
    row: {
      accepted: 'running: announce, follow in 2 s, expire at 4325 min',
      refused: 'refused: announce',
      notSent: stale,
      tokenMissing: nothingNew,
      withdrawn: 'withdrawn: announce',
      signedIn: 'queued: announce, submit at once',
      timePassed: nothingNew,
    },
  },
  submitting: {
    from: aCollection.submitting(),
    row: {
      accepted: 'running: announce, follow in 2 s, expire at 4325 min',
      refused: 'refused: announce',
      notSent: 'queued: announce, submit in 20 s',
      tokenRejected: 'awaitingSignIn: announce, expire at 485 min',
      unclear: 'submitting: submit in 10 s',
      saidAlreadyRunning: 'submitting: announce, submit at once',
      lookedInVain: 'submitting: submit in 10 s',
      lookFailed: 'submitting: submit in 10 s',
      lookNeedsSignIn: 'submitting: announce, expire at 481 min',
      signedIn: nothingNew,
      timePassed: nothingNew,
    },
  },
  running: {
    from: aCollection.running(),
    row: {
      actionSeen: 'running: announce',
      actionAbsent: 'running: in silence',
      cancelAsked: 'running: announce, follow in 2 s',
      watcherLost: 'unwatched: announce',
      watcherTaken: nothingNew,
      signedIn: nothingNew,
      timePassed: nothingNew,
    },
  },
  unwatched: {
    from: aCollection.unwatched(),
    row: {
      actionSeen: 'unwatched: announce',
      cancelAsked: 'unwatched: announce',
      watcherTaken: 'running: announce, follow at once',
      signedIn: 'running: announce, follow at once',
      timePassed: nothingNew,
    },
  },
  succeeded: { from: aCollection.succeeded(), row: {} },
  failed: { from: aCollection.failed(), row: {} },
  timedOut: { from: aCollection.timedOut(), row: {} },
  cancelled: { from: aCollection.cancelled(), row: {} },
  unresolved: { from: aCollection.unresolved(), row: {} },
  refused: { from: aCollection.refused(), row: {} },
  withdrawn: { from: aCollection.withdrawn(), row: {} },
  expired: { from: aCollection.expired(), row: {} },
};

describe('what happens to a collection', () => {
  for (const { from, row } of Object.values(table)) {
    describe(`that is ${from.state}`, () => {
      for (const event of Object.values(everyCollectionEvent)) {
        const expected = rowOf(row, event.type);
        it(`${event.type} → ${expected}`, () => assert.equal(words(from, event), expected));
      }
    });
  }

  it('is over in a final state: no event of any kind changes it, at any later time', () => {
    for (const { from } of Object.values(table)) {
      if (!isFinal(from)) continue;
      for (const event of Object.values(everyCollectionEvent))
        assert.equal(words(from, event, past(9 * 24 * hour)), notNow);
    }
  });

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

  describe('that Defender has', () => {
    const ends = { Succeeded: 'succeeded', Failed: 'failed', TimeOut: 'timedOut', Cancelled: 'cancelled' } as const;

    for (const status of actionStatuses) {
      const action = anAction({ status });
      const end = status === 'Pending' || status === 'InProgress' ? undefined : ends[status];
      for (const from of [aCollection.running(), aCollection.unwatched()]) {
        if (status === 'Pending') {
          it(`changes nothing while it is ${from.state} and still ${status}`, () => {
            assert.equal(words(from, { type: 'actionSeen', action }), nothingNew);
          });
        } else {
          it(`is ${end ?? from.state} once Defender says ${status} (${from.state})`, () => {
            const to = changedTo(change(from, { type: 'actionSeen', action }), end ?? from.state);
            assert.deepEqual('action' in to && to.action, action);
          });
        }
      }
      it(`comes as ${status} with the answer itself and is ${end ?? 'running'}`, () => {
        changedTo(change(aCollection.submitting(), { ...everyCollectionEvent.accepted, action }), end ?? 'running');
      });
    }

    it('is not ended by an action of another id or another device', () => {
      for (const over of [{ machineId: deviceId(2) }, { id: machineActionId(2) }]) {
        const action = anAction({ status: 'Succeeded', ...over });
        assert.equal(words(aCollection.running(), { type: 'actionSeen', action }), notNow);
        assert.equal(words(aCollection.unwatched(), { type: 'actionSeen', action }), notNow);
      }
    });

    it('remembers who first asked to cancel it, whatever else happens to it before its end', () => {
      for (const from of [aCollection.running(), aCollection.unwatched()]) {
        const asked = change(from, { type: 'cancelAsked', by: omar });
        assert.ok(asked.kind === 'changed');
        assert.equal(words(asked.to, { type: 'cancelAsked', by: dana }), nothingNew);
        const lost = asked.to.state === 'running' ? change(asked.to, everyCollectionEvent.watcherLost) : asked;
        assert.ok(lost.kind === 'changed');
        const end = change(lost.to, { type: 'actionSeen', action: anAction({ status: 'Cancelled' }) });
        assert.deepEqual(changedTo(end, 'cancelled').cancelAsked, { by: omar, at: now });
      }
    });

    it('counts the sweeps that did not show it, until one does', () => {
      const absent = changedTo(change(aCollection.running({ absentSweeps: 1 }), { type: 'actionAbsent' }), 'running');
      assert.equal(absent.absentSweeps, 2);
      const seen = change(absent, { type: 'actionSeen', action: absent.action });
      assert.equal(inWords(seen), 'running: in silence');
      assert.equal(changedTo(seen, 'running').absentSweeps, 0);
    });

    for (const event of [
      everyCollectionEvent.actionAbsent,
      everyCollectionEvent.actionSeen,
      { type: 'actionSeen', action: anAction() },
      everyCollectionEvent.timePassed,
    ] as const) {
      it(`is given up as unresolved after three days (${event.type})`, () => {
        const from = aCollection.running();
        assert.notEqual(words(from, event, later(from.sentAt, followPatience - 1)), 'unresolved: announce');
        assert.equal(words(from, event, later(from.sentAt, followPatience)), 'unresolved: announce');
      });
    }

    it('is given up after three days also while nobody watches it', () => {
      const from = aCollection.unwatched();
      assert.equal(words(from, { type: 'timePassed' }, later(from.sentAt, followPatience - 1)), nothingNew);
      assert.equal(words(from, { type: 'timePassed' }, later(from.sentAt, followPatience)), 'unresolved: announce');
    });

    it('still ends as Defender says when that comes after the three days', () => {
      const action = anAction({ status: 'Succeeded' });
      assert.equal(
        words(aCollection.running(), { type: 'actionSeen', action }, past(99 * hour)),
        'succeeded: announce',
      );
    });
  });

  describe('the watch', () => {
    it('is not lost when somebody else has taken it meanwhile', () => {
      assert.equal(words(aCollection.running({ watcher: omar }), { type: 'watcherLost', watcher: dana }), nothingNew);
    });

    it('is remembered to have been that person’s', () => {
      const lost = changedTo(
        change(aCollection.running({ watcher: omar }), { type: 'watcherLost', watcher: omar }),
        'unwatched',
      );
      assert.equal(lost.lastWatcher, omar);
    });

    it('is taken back by the requester’s sign-in, in silence', () => {
      const outcome = change(aCollection.running({ watcher: omar }), { type: 'signedIn', by: dana });
      assert.equal(inWords(outcome), 'running: follow at once');
      assert.equal(changedTo(outcome, 'running').watcher, dana);
    });

    it('goes on with a sign-in of the requester or of the last watcher, and of nobody else', () => {
      const lost = aCollection.unwatched({ lastWatcher: omar });
      assert.equal(changedTo(change(lost, { type: 'signedIn', by: omar }), 'running').watcher, omar);
      assert.equal(changedTo(change(lost, { type: 'signedIn', by: dana }), 'running').watcher, dana);
      assert.equal(words(lost, { type: 'signedIn', by: aPerson(3) }), nothingNew);
    });

    it('is anybody’s who takes it when nobody has it', () => {
      const third = aPerson(3);
      assert.equal(
        changedTo(change(aCollection.unwatched(), { type: 'watcherTaken', by: third }), 'running').watcher,
        third,
      );
    });
  });
});

function rowOf(row: Row, type: CollectionEvent['type']): string {
  return row[type] ?? notNow;
}
