/** What can happen to one collection after its request was confirmed: a room for each part of its course. */
import { notNow } from './collection-change.ts';
import type { CollectionEvent } from './collection-event.ts';
import { changeRunning, changeUnresolved, changeUnwatched } from './following-transition.ts';
import type { Instant } from './instant.ts';
import type { Person } from './person.ts';
import type { Collection } from './request.ts';
import { changeSubmitting } from './submitting-transition.ts';
import type { Outcome } from './transition.ts';
import { changeUnsent } from './unsent-transition.ts';

/** Applies an event to a collection of `requester`'s request. */
export function changeCollection(
  collection: Collection,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  switch (collection.state) {
    case 'queued':
    case 'awaitingSignIn':
      return changeUnsent(collection, event, requester, now);
    case 'submitting':
      return changeSubmitting(collection, event, requester, now);
    case 'running':
      return changeRunning(collection, event, requester, now);
    case 'unwatched':
      return changeUnwatched(collection, event, requester, now);
    case 'unresolved':
      return changeUnresolved(collection, event, now);
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return notNow;
  }
}
