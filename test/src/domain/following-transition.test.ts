import assert from 'node:assert/strict';
import { hour, later } from '../../../src/domain/instant.ts';
import { type ActionStatus, actionStatuses } from '../../../src/domain/machine-action.ts';
import { followPatience } from '../../../src/domain/patience.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { everyCollectionEvent } from '../../build/event.ts';
import { deviceId, machineActionId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { aPerson, dana, omar } from '../../build/person.ts';
import { change, changedTo, nothingNew, notNow, now, words } from './one-collection.ts';

describe('a collection with an action', () => {
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

  describe('that was given up', () => {
    const from = aCollection.unresolved();
    const seen = (status: ActionStatus) => ({ type: 'actionSeen', action: anAction({ status }) }) as const;

    it('has the end that somebody sees later, and the moment at which they saw it', () => {
      for (const [status, state] of [
        ['Succeeded', 'succeeded'],
        ['Failed', 'failed'],
        ['TimeOut', 'timedOut'],
        ['Cancelled', 'cancelled'],
      ] as const) {
        const end = changedTo(change(from, seen(status), past(99 * hour)), state);
        assert.equal(end.finishedAt, past(99 * hour));
      }
    });

    it('says what Defender says of it now, where it still has no end, and stays given up', () => {
      const to = changedTo(change(from, seen('InProgress')), 'unresolved');
      assert.deepEqual([to.action.status, to.finishedAt], ['InProgress', from.finishedAt]);
      assert.equal(words(from, seen('Pending')), nothingNew);
    });

    it('learns nothing from another action', () => {
      const action = anAction({ id: machineActionId(2), status: 'Succeeded' });
      assert.equal(words(from, { type: 'actionSeen', action }), notNow);
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
