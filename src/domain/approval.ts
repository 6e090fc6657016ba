/** Approval by a second person: what is asked, what was decided, and the seal on what was approved. */
import { createHash } from 'node:crypto';
import type { ConversationId, DeviceId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import type { ApprovalPolicy, ApprovalWhy } from './policy.ts';
import type { Reason } from './reason.ts';

declare const brand: unique symbol;

/** SHA-256 (base64url) of the devices, the reason and the requester that somebody is asked to approve. */
export type ApprovalSeal = string & { readonly [brand]: 'ApprovalSeal' };

/** Whom to mention when approval is wanted (`APPROVERS`). Being mentioned gives nobody a right. */
export type ApproverMention =
  | { readonly kind: 'user'; readonly upn: string }
  /** A tag of the team, by the id that Teams gives it. */
  | { readonly kind: 'tag'; readonly name: string; readonly id: string };

/** All that the administrators chose about approval. */
export interface ApprovalSettings {
  readonly policy: ApprovalPolicy;
  /** How long an approval is waited for. */
  readonly ttlMs: number;
  /** App role of our app that the approver's token must carry. */
  readonly role?: string;
  readonly mentions: readonly ApproverMention[];
  /** Where approval of a request from 1:1 is asked. */
  readonly conversation?: ConversationId;
}

/** What holds for one confirmation. */
export interface ApprovalRule {
  readonly policy: ApprovalPolicy;
  readonly ttlMs: number;
  /** Where somebody else can approve; undefined where there is nobody else, in 1:1. */
  readonly askedIn: Place | undefined;
}

/** What a second person is asked. */
export interface ApprovalQuestion {
  readonly why: ApprovalWhy;
  readonly seal: ApprovalSeal;
  /** When the requester confirmed. */
  readonly askedAt: Instant;
  /** The request's own place, or for a request from 1:1 the conversation for approvals. */
  readonly askedIn: Place;
}

/** Somebody approved it: what the seal covers, and nothing else, may be sent. */
export interface Approval {
  readonly question: ApprovalQuestion;
  readonly by: Person;
  /** As the approver's sign-in says; untrusted text. */
  readonly upn?: string;
  readonly at: Instant;
}

/** Somebody denied it. */
export interface Denial {
  readonly by: Person;
  readonly reason: Reason;
  readonly at: Instant;
}

/** What a seal covers. */
export interface Sealed {
  readonly requester: Person;
  readonly reason: Reason;
  /** In the order in which they were asked for. */
  readonly devices: readonly DeviceId[];
}

/** The seal on exactly these devices, this reason and this requester. */
export function sealOf({ requester, reason, devices }: Sealed): ApprovalSeal {
  const covered = JSON.stringify([requester.tenant, requester.oid, reason, devices]);
  return createHash('sha256').update(covered).digest('base64url') as ApprovalSeal;
}

/** Reads a stored seal; undefined for a text that is none. */
export function parseApprovalSeal(text: string): ApprovalSeal | undefined {
  return /^[\w-]{43}$/.test(text) ? (text as ApprovalSeal) : undefined;
}

/** Whether a request is still what was approved; true where nobody had to approve it. */
export function isAsApproved({ requester, reason, collections, approval }: Approved): boolean {
  if (approval === undefined) return true;
  return sealOf({ requester, reason, devices: collections.map(({ device }) => device.id) }) === approval.question.seal;
}

/** What of a confirmed request an approval is about. */
interface Approved extends Omit<Sealed, 'devices'> {
  readonly collections: readonly { readonly device: { readonly id: DeviceId } }[];
  readonly approval?: Approval;
}
