import { isSamePerson, type Person } from './person.ts';
import { type Problem, wantsProof } from './problem.ts';
import type { Collection, Request } from './request.ts';

/**
 * Whether this person has to sign in in a window, for this request to go on: a silent sign-in would be the one again
 * that Entra or Defender did not find good enough.
 */
export function needsWindow(request: Request, person: Person): boolean {
  return refusalsOf(request, person).some(wantsProof);
}

function refusalsOf(request: Request, person: Person): readonly (Problem | undefined)[] {
  const isRequester = isSamePerson(person, request.requester);
  if (request.state === 'proposed') {
    return isRequester
      ? request.devices.map(({ sighting }) => ('problem' in sighting ? sighting.problem : undefined))
      : [];
  }
  return request.state === 'confirmed' ? request.collections.map((each) => refusalOf(each, person, isRequester)) : [];
}

function refusalOf(collection: Collection, person: Person, isRequester: boolean): Problem | undefined {
  switch (collection.state) {
    case 'awaitingSignIn':
      return isRequester ? collection.problem : undefined;
    case 'submitting':
      return isRequester ? collection.blockedBy : undefined;
    case 'unwatched':
      return isSamePerson(person, collection.lastWatcher) ? collection.problem : undefined;
    case 'queued':
    case 'running':
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
