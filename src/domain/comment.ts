import type { Approval } from './approval.ts';
import { type CollectionRef, parseCollectionRef } from './ids.ts';
import type { Person } from './person.ts';
import { oneCleanLine, type Reason } from './reason.ts';

const refAtStart = /^\[ref ([0-9a-f]{20})\]/;

/** What stands in a Comment besides the ref. */
export interface Commented {
  readonly requester: Person;
  readonly reason: Reason;
  readonly approval?: Approval;
}

/**
 * The Comment of every attempt of one collection: the ref first, then who asked and who approved where somebody had to,
 * the reason last. The API has no idempotency key, so the ref is what makes an action recognisable as ours.
 */
export function composeComment(ref: CollectionRef, { requester, reason, approval }: Commented): string {
  if (approval === undefined) return `[ref ${ref}] ${reason}`;
  const approver = inComment(approval.by.name);
  const account = approval.upn === undefined ? '' : ` ${inComment(approval.upn)}`;
  return `[ref ${ref}] [asked by ${inComment(requester.name)}, approved by ${approver}${account}] ${reason}`;
}

/** Enough of a name or user name to find the person: the reason keeps its room (no limit is documented, trap 9). */
const longestName = 80;

/** A name cannot end the bracket that it stands in, nor look like two names. */
function inComment(name: string): string {
  const clean = oneCleanLine(name.replace(/[[\],]/g, ' '));
  return [...clean].slice(0, longestName).join('').trim() || 'somebody';
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
