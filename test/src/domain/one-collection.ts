import assert from 'node:assert/strict';
import type { CollectionEvent } from '../../../src/domain/collection-event.ts';
import { changeCollection } from '../../../src/domain/collection-transition.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import type { Collection } from '../../../src/domain/request.ts';
import type { Outcome } from '../../../src/domain/transition.ts';
import { eventsAfter } from '../../build/event.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { dana } from '../../build/person.ts';

export const now = past(eventsAfter);

export function change(collection: Collection, event: CollectionEvent, at: Instant = now): Outcome<Collection> {
  return changeCollection(collection, event, dana, at);
}

export function words(collection: Collection, event: CollectionEvent, at: Instant = now): string {
  return inWords(change(collection, event, at));
}

export function changedTo<State extends Collection['state']>(
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

export const notNow = 'no change: notNow';
export const stale = 'no change: staleAttempt';
export const nothingNew = 'no change: nothingNew';
