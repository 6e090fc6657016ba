/** What of a request is kept beside its document, so that it can be asked for. Pure; rewritten with each change. */
import type { AadObjectId } from '../../domain/ids.ts';
import { type Collection, collectionsOf, type Request } from '../../domain/request.ts';

/** Whose token follows this collection, or did so last. */
export function watcherOf(collection: Collection): AadObjectId | undefined {
  if (collection.state === 'running') return collection.watcher.oid;
  return collection.state === 'unwatched' ? collection.lastWatcher.oid : undefined;
}

/** Everybody whose sign-in would let something of this request go on. */
export function waitingFor(request: Request): readonly AadObjectId[] {
  if (request.state === 'proposed') {
    return request.devices.some(({ sighting }) => sighting.step === 'signInNeeded') ? [request.requester.oid] : [];
  }
  const people = new Set<AadObjectId>();
  for (const collection of collectionsOf(request)) {
    const isBlocked = collection.state === 'submitting' && collection.blockedSince !== undefined;
    if (isBlocked || collection.state === 'awaitingSignIn') people.add(request.requester.oid);
    if (collection.state === 'unwatched') people.add(request.requester.oid).add(collection.lastWatcher.oid);
    // The requester takes back the watch that somebody lent.
    if (collection.state === 'running' && collection.watcher.oid !== request.requester.oid) {
      people.add(request.requester.oid);
    }
  }
  return [...people];
}
