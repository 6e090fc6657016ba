import type { Collection } from '../src/domain/request.ts';
import { moment, type Words, words } from './words.ts';

/** Who asked Defender to stop the collection, and what came of it; undefined where nobody did through us. */
export function cancellationWords(collection: Collection): Words | undefined {
  if (!('cancelAsked' in collection) || collection.cancelAsked === undefined) return undefined;
  const { by, at } = collection.cancelAsked;
  const asked = words`${by.name} asked Defender to stop it at ${moment(at)}`;
  switch (collection.state) {
    case 'running':
    case 'unwatched':
      return words`${asked}. It may still finish before it is stopped.`;
    case 'cancelled':
      return words`${asked}.`;
    case 'succeeded':
      return words`${asked}, but it succeeded before it was stopped.`;
    case 'failed':
    case 'timedOut':
      return words`${asked}; it ended by itself before.`;
    case 'unresolved':
      return words`${asked}, but did not say that it was stopped.`;
  }
}
