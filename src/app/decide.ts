import type { RequestId } from '../domain/ids.ts';
import { type RequestEvent, transition } from '../domain/transition.ts';
import type { Changed, RequestStore } from '../ports.ts';

/**
 * Applies one event to a stored request: read under a lock, decided purely, stored with the jobs of its effects.
 * @returns undefined when there is no such request
 */
export function decide(store: RequestStore, id: RequestId, event: RequestEvent): Promise<Changed | undefined> {
  return store.change(id, (request, now) => transition(request, event, now));
}
