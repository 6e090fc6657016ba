import assert from 'node:assert/strict';
import type { CollectionEvent } from '../../../src/domain/collection-event.ts';
import { hour, minute } from '../../../src/domain/instant.ts';
import { type Collection, isFinal } from '../../../src/domain/request.ts';
import { aCollection } from '../../build/collection.ts';
import { everyCollectionEvent } from '../../build/event.ts';
import { after as past } from '../../build/moment.ts';
import { nothingNew, notNow, stale, words } from './one-collection.ts';

type Row = { readonly [Type in CollectionEvent['type']]?: string };

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
  unresolved: { from: aCollection.unresolved(), row: { actionSeen: 'unresolved: announce' } },
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

  it('is over in a final state: no event of any kind changes it at any later time, unless nobody saw its end', () => {
    for (const { from } of Object.values(table)) {
      if (!isFinal(from) || from.state === 'unresolved') continue;
      for (const event of Object.values(everyCollectionEvent))
        assert.equal(words(from, event, past(9 * 24 * hour)), notNow);
    }
  });
});

function rowOf(row: Row, type: CollectionEvent['type']): string {
  return row[type] ?? notNow;
}
