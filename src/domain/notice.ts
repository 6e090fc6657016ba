import type {
  AwaitingApproval,
  Collection,
  Denied,
  Done,
  ExpiredRequest,
  FinalCollection,
  Request,
} from './request.ts';

/** A message that mentions the requester, posted once into the thread of the card. */
export type RequesterNotice =
  /** The closing message: every collection is final. */
  | { readonly key: 'closing'; readonly request: Done }
  /** Defender said how a collection ended that the closing message had given up. */
  | { readonly key: `lateEnd:${number}`; readonly request: Done }
  /** The card alone would not be noticed: the requester must sign in again before sending. */
  | { readonly key: `signIn:${number}`; readonly request: Request }
  /** The watcher's token is gone. */
  | { readonly key: `unwatched:${number}`; readonly request: Request }
  | { readonly key: 'denied'; readonly request: Denied }
  /** It was confirmed, and nobody approved it in time. */
  | { readonly key: 'unapproved'; readonly request: ExpiredRequest };

/** A message to those who may approve: the question, and half way to its end a reminder. */
export interface ApproverNotice {
  readonly key: `approval:${number}` | `approvalReminder:${number}`;
  readonly request: AwaitingApproval;
}

/** A message posted once, besides the card. */
export type Notice = RequesterNotice | ApproverNotice;

/** Whether it is for those who may approve, where they are asked. */
export function isForApprovers(notice: Notice): notice is ApproverNotice {
  return notice.request.state === 'awaitingApproval';
}

/**
 * The messages that a request in this state owes its conversation. The number in a key is the moment at which
 * the waiting began, so that each waiting is told once and a later one again.
 */
export function noticesDue(request: Request): readonly Notice[] {
  switch (request.state) {
    case 'proposed':
    case 'cancelled':
      return [];
    case 'awaitingApproval':
      return [
        { key: `approval:${request.question.askedAt}`, request },
        ...(request.remindedAt === undefined
          ? []
          : [{ key: `approvalReminder:${request.remindedAt}`, request } as const]),
      ];
    case 'denied':
      return [{ key: 'denied', request }];
    case 'expired':
      return request.question === undefined ? [] : [{ key: 'unapproved', request }];
    case 'done':
      return [{ key: 'closing', request }, ...lateEnds(request)];
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

function lateEnds(request: Done): readonly RequesterNotice[] {
  const moments = new Set(endedLate(request).map(({ finishedAt }) => finishedAt));
  return [...moments].map((at) => ({ key: `lateEnd:${at}`, request }));
}

/** What somebody saw to end only after the request was done. */
export function endedLate({ collections, finishedAt }: Done): readonly FinalCollection[] {
  return collections.filter((each) => 'action' in each && each.state !== 'unresolved' && each.finishedAt > finishedAt);
}

function noticeOf(collection: Collection, request: Request): Notice | undefined {
  if (collection.state === 'awaitingSignIn') return { key: `signIn:${collection.since}`, request };
  if (collection.state === 'unwatched') return { key: `unwatched:${collection.since}`, request };
  if (collection.state !== 'submitting' || collection.blockedSince === undefined) return undefined;
  return { key: `signIn:${collection.blockedSince}`, request };
}
