/** What holds whatever happens, in whatever order: checked over random histories of a request. */
import assert from 'node:assert/strict';
import { isAsApproved } from '../../../src/domain/approval.ts';
import { type Instant, later } from '../../../src/domain/instant.ts';
import { followPatience, signInPatience } from '../../../src/domain/patience.ts';
import { type Collection, isFinal, isOver, type Request } from '../../../src/domain/request.ts';
import { type Effect, type RequestEvent, transition } from '../../../src/domain/transition.ts';
import { collectionsOf, inEveryHistory, type Step } from '../../build/history.ts';
import { dana } from '../../build/person.ts';

function pairs({ before, after }: Step): readonly (readonly [Collection | undefined, Collection])[] {
  return collectionsOf(after).map((each, i) => [collectionsOf(before)[i], each]);
}

describe('whatever happens to a request', () => {
  it('it keeps its id, its requester, its place, its language and the moment it was asked', () => {
    inEveryHistory(({ before, after }) => {
      const head = ({ id, requester, place, askedAt, language }: Request) => ({
        id,
        requester,
        place,
        askedAt,
        language,
      });
      assert.deepEqual(head(after), head(before));
    });
  });

  it('it never loses a collection, and none changes its id, ref or device', () => {
    inEveryHistory(({ before, after }) => {
      if (collectionsOf(before).length === 0) return;
      const heads = (of: Request) => collectionsOf(of).map(({ id, ref, device }) => ({ id, ref, device }));
      assert.deepEqual(heads(after), heads(before));
    });
  });

  it('a final state is never left, by the request or by a collection, unless for an end that nobody had seen', () => {
    inEveryHistory((step) => {
      const { before, after } = step;
      if (isOver(before)) assert.equal(after.state, before.state);
      if (isOver(before) && !hasUnseenEnd(before)) assert.equal(after, before);
      for (const [was, is] of pairs(step)) {
        if (was === undefined || !isFinal(was)) continue;
        assert.ok(isFinal(is));
        if (was.state !== 'unresolved') assert.equal(is, was);
      }
    });
  });

  it('it is done exactly when every collection is final', () => {
    inEveryHistory(({ after }) => {
      const isConfirmed = after.state === 'confirmed' || after.state === 'done';
      if (isConfirmed) assert.equal(after.state === 'done', collectionsOf(after).every(isFinal));
    });
  });

  it('its revision grows by one with an announcement, and never otherwise', () => {
    inEveryHistory(({ before, after, outcome }) => {
      const isAnnounced = outcome.kind === 'changed' && outcome.effects.some(({ kind }) => kind === 'announce');
      assert.equal(after.revision, before.revision + (isAnnounced ? 1 : 0));
    });
  });

  it('it is announced exactly when what people see has changed', () => {
    inEveryHistory(({ before, after, event, outcome }) => {
      const isAnnounced = outcome.kind === 'changed' && outcome.effects.some(({ kind }) => kind === 'announce');
      // Saving the same reason again leaves the form, so the card has to be shown.
      if (event.type === 'reasonEdited') return;
      const what = event.type === 'collection' ? event.event.type : event.type;
      assert.equal(isAnnounced, seen(before) !== seen(after), `${what} on ${seen(before)}`);
    });
  });

  it('the number of an attempt never goes down, and goes up by one at a time', () => {
    inEveryHistory((step) => {
      for (const [was, is] of pairs(step)) {
        if (was === undefined || !('attempts' in was) || !('attempts' in is)) continue;
        const started = is.state === 'submitting' && was.state === 'queued';
        assert.equal(is.attempts.count, was.attempts.count + (started ? 1 : 0));
      }
    });
  });

  it('a late answer to an attempt that was given up changes nothing', () => {
    inEveryHistory(({ before, event, outcome }) => {
      if (event.type !== 'collection' || !('attempt' in event.event)) return;
      const collection = collectionsOf(before).find(({ id }) => id === event.collection);
      if (collection === undefined || !('attempts' in collection)) return;
      if (event.event.attempt !== collection.attempts.count) assert.equal(outcome.kind, 'unchanged');
    });
  });

  it('nothing is sent for a final collection, nor to another device than its own', () => {
    inEveryHistory(({ after, outcome }) => {
      for (const effect of outcome.kind === 'changed' ? outcome.effects : []) {
        if (effect.kind !== 'submit') continue;
        const collection = collectionsOf(after).find(({ id }) => id === effect.collection);
        assert.ok(collection !== undefined && !isFinal(collection));
        assert.equal(effect.device, collection.device.id);
        assert.ok(effect.afterMs >= 0);
      }
    });
  });

  it('only the requester confirms, edits and cancels', () => {
    inEveryHistory(({ event, outcome }) => {
      if (event.type === 'approved' || event.type === 'denied') return;
      if ('click' in event && event.click.by !== dana) assert.equal(outcome.kind, 'unchanged');
    });
  });

  it('nobody approves or denies their own request', () => {
    inEveryHistory(({ event, outcome }) => {
      if (event.type !== 'approved' && event.type !== 'denied') return;
      if (event.click.by === dana) assert.equal(outcome.kind, 'unchanged');
    });
  });

  it('what a second person was asked is released by their approval alone, and is what they were asked', () => {
    inEveryHistory(({ before, after, event }) => {
      if (after.state === 'confirmed' || after.state === 'done') assert.ok(isAsApproved(after));
      if (before.state !== 'awaitingApproval' || after.state === 'awaitingApproval') return;
      assert.equal(after.state === 'confirmed', event.type === 'approved');
      assert.equal(after.state === 'denied', event.type === 'denied');
    });
  });
});

describe('nothing is ever stuck', () => {
  it('a change that leaves a collection on its way to Defender plans the next step of that way', () => {
    inEveryHistory((step) => {
      for (const [was, is] of pairs(step)) {
        const isOnItsWay = is.state === 'queued' || (is.state === 'submitting' && is.blockedSince === undefined);
        if (is === was || !isOnItsWay || isBeingSent(step.event)) continue;
        assert.ok(effectsOf(step).some((each) => each.kind === 'submit' && each.collection === is.id));
      }
    });
  });

  it('a collection that is followed has a sweep of whoever became its watcher', () => {
    inEveryHistory((step) => {
      for (const [was, is] of pairs(step)) {
        if (is.state !== 'running' || (was?.state === 'running' && was.watcher === is.watcher)) continue;
        assert.ok(effectsOf(step).some((each) => each.kind === 'follow' && each.watcher === is.watcher.oid));
      }
    });
  });

  it('whatever waits, for a person or for Defender, has an alarm at the end of our patience', () => {
    inEveryHistory(({ after, alarms }) => {
      if (after.state === 'proposed' || after.state === 'awaitingApproval') assert.ok(alarms.includes(after.expiresAt));
      if (after.state === 'awaitingApproval') assert.ok(alarms.includes(after.remindAt));
      for (const collection of collectionsOf(after)) {
        const end = endOfPatience(collection);
        if (end !== undefined) assert.ok(alarms.includes(end), collection.state);
      }
    });
  });

  it('that alarm ends it', () => {
    inEveryHistory(({ after }) => {
      if (after.state === 'proposed' || after.state === 'awaitingApproval') {
        const end = transition(after, { type: 'timePassed' }, after.expiresAt);
        assert.ok(end.kind === 'changed' && end.to.state === 'expired');
      }
      for (const collection of collectionsOf(after)) {
        const end = endOfPatience(collection);
        if (end === undefined) continue;
        const outcome = transition(after, { type: 'timePassed' }, end);
        assert.ok(outcome.kind === 'changed');
        const ended = collectionsOf(outcome.to).find(({ id }) => id === collection.id);
        assert.ok(ended !== undefined && isFinal(ended));
      }
    });
  });
});

/** The job that begins an attempt goes on with it: only its answer needs a next step. */
function isBeingSent(event: RequestEvent): boolean {
  return event.type === 'collection' && event.event.type === 'attemptStarted';
}

function effectsOf({ outcome }: Step): readonly Effect[] {
  return outcome.kind === 'changed' ? outcome.effects : [];
}

function hasUnseenEnd(request: Request): boolean {
  return collectionsOf(request).some(({ state }) => state === 'unresolved');
}

function endOfPatience(collection: Collection): Instant | undefined {
  switch (collection.state) {
    case 'awaitingSignIn':
      return collection.expiresAt;
    case 'submitting':
      return collection.blockedSince === undefined ? undefined : later(collection.startedAt, signInPatience);
    case 'running':
    case 'unwatched':
      return later(collection.sentAt, followPatience);
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return undefined;
  }
}

/** What the card says of a request: all that is in it but the book-keeping of the way to Defender and back. */
function seen(request: Request): string {
  const { revision: _, ...rest } = request;
  if (!('collections' in rest)) return JSON.stringify(rest);
  return JSON.stringify({ ...rest, collections: rest.collections.map(seenOf) });
}

function seenOf(collection: Collection): unknown {
  switch (collection.state) {
    case 'queued':
      return { way: collection.delayedBy?.kind };
    case 'submitting':
      if (collection.blockedSince === undefined && !collection.saidAlreadyRunning) return { way: undefined };
      return { isBlocked: collection.blockedSince !== undefined, isSaidToRun: collection.saidAlreadyRunning };
    case 'running': {
      const { watcher: _, absentSweeps: __, action, ...shown } = collection;
      return { ...shown, status: action.status };
    }
    case 'unwatched': {
      const { action, ...shown } = collection;
      return { ...shown, status: action.status };
    }
    case 'awaitingSignIn':
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return collection;
  }
}
