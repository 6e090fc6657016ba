import type { Collection, Done, Request } from './request.ts';

/** A message that mentions the requester, posted once into the thread of the card. */
export type Notice =
  /** The closing message: every collection is final. */
  | { readonly key: 'closing'; readonly request: Done }
  /** The card alone would not be noticed: the requester must sign in again before sending. */
  | { readonly key: `signIn:${number}`; readonly request: Request }
  /** The watcher's token is gone. */
  | { readonly key: `unwatched:${number}`; readonly request: Request };

/**
 * The messages that a request in this state owes its conversation. The number in a key is the moment at which
 * the waiting began, so that each waiting is told once and a later one again.
 */
export function noticesDue(request: Request): readonly Notice[] {
  switch (request.state) {
    case 'proposed':
    case 'cancelled':
    case 'expired':
      return [];
    case 'done':
      return [{ key: 'closing', request }];
    case 'confirmed': {
      const due = new Map<Notice['key'], Notice>();
      for (const collection of request.collections) {
        const notice = noticeOf(collection, request);
        if (notice !== undefined) due.set(notice.key, notice);
      }
      return [...due.values()];
    }
  }
}

function noticeOf(collection: Collection, request: Request): Notice | undefined {
  if (collection.state === 'awaitingSignIn') return { key: `signIn:${collection.since}`, request };
  if (collection.state === 'unwatched') return { key: `unwatched:${collection.since}`, request };
  if (collection.state !== 'submitting' || collection.blockedSince === undefined) return undefined;
  return { key: `signIn:${collection.blockedSince}`, request };
}
