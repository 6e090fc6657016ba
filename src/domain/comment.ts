import { type CollectionRef, parseCollectionRef } from './ids.ts';
import type { Reason } from './reason.ts';

const refAtStart = /^\[ref ([0-9a-f]{20})\]/;

/**
 * The Comment of every attempt of one collection: the ref first, the reason after it.
 * The API has no idempotency key, so the ref is what makes an action recognisable as ours.
 */
export function composeComment(ref: CollectionRef, reason: Reason): string {
  return `[ref ${ref}] ${reason}`;
}

/** A Comment as its writer typed it: without the ref, where it opens with one. Untrusted text. */
export function withoutRef(comment: string): string {
  return comment.replace(refAtStart, '').trim();
}

/** The ref that a Comment opens with; undefined where there is none. */
export function refOf(comment: string): CollectionRef | undefined {
  const found = refAtStart.exec(comment)?.[1];
  return found === undefined ? undefined : parseCollectionRef(found);
}
