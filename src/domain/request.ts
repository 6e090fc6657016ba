/**
 * The Request: one line that a responder typed, and one Collection per device.
 * A field exists only in the states that have it. `transition.ts` is the only place that changes state.
 *
 *   Request     proposed → confirmed → done
 *                       ↘ awaitingApproval → confirmed · denied · cancelled · expired
 *                       ↘ cancelled · expired
 *   Collection  queued → submitting → running → succeeded · failed · timedOut · cancelled · unresolved
 *                      ↘ awaitingSignIn · refused · cancelled · expired          ↘ unwatched
 */
import type { Approval, ApprovalQuestion, Denial } from './approval.ts';
import type { Device, DeviceQuery } from './device.ts';
import type { EarlierCollection } from './earlier.ts';
import type { CollectionId, CollectionRef, RequestId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Language } from './language.ts';
import type { MachineAction } from './machine-action.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';
import type { Reason } from './reason.ts';

/** What holds in every state of a request. */
export interface RequestHead {
  readonly id: RequestId;
  /** Grows by one with every change that people can see. A click on an older revision changes nothing. */
  readonly revision: number;
  readonly requester: Person;
  readonly place: Place;
  readonly reason: Reason;
  readonly askedAt: Instant;
  /** The requester's: what is posted for all to read about this request is written in it. */
  readonly language: Language;
  /** Devices that were asked for and that the confirmation left out; absent before it, and where it left out none. */
  readonly leftOut?: readonly ProposedDevice[];
}

/** How far the look-up of a proposed device has come. */
export type Sighting =
  /** The requester has to sign in before Defender can be asked; `problem` says why a sign-in that they had is not enough. */
  | { readonly step: 'signInNeeded'; readonly problem?: Problem }
  /**
   * `signedInAfter` is what the last sign-in was to mend. `delayedBy` says why Defender could not be asked yet; that is
   * done by itself.
   */
  | { readonly step: 'looking'; readonly signedInAfter?: Problem; readonly delayedBy?: Problem }
  /** Several devices may be meant. Only the requester may see which, and only they choose. */
  | ({ readonly step: 'choosing' } & Offer)
  /** `earlier` is for the requester's eyes alone; absent when Defender did not say. */
  | { readonly step: 'found'; readonly device: Device; readonly earlier?: readonly EarlierCollection[] }
  | { readonly step: 'problem'; readonly problem: Problem };

/** The devices that a name may mean, as the requester may see them. */
export interface Offer {
  /** Whether they are called so, or only something like it, because none is. */
  readonly match: 'sameName' | 'nearName';
  /** At most 15; of one name the newest report first, of near names the nearest. */
  readonly devices: readonly Device[];
  /** There are more than these. */
  readonly hasMore: boolean;
}

/** A device that was asked for, before anybody confirmed it. */
export interface ProposedDevice {
  readonly query: DeviceQuery;
  readonly sighting: Sighting;
}

/** The card is up; only the requester may sign in, confirm, edit the reason, or cancel. */
export interface Proposed extends RequestHead {
  readonly state: 'proposed';
  readonly devices: readonly ProposedDevice[];
  /** What the requester has unticked before they edited the reason, by its place in the list; absent for nothing. */
  readonly unticked?: readonly number[];
  readonly expiresAt: Instant;
}

/** A device that its requester has seen and confirmed, without what only they may see. */
export interface SeenDevice extends ProposedDevice {
  readonly sighting: { readonly step: 'found'; readonly device: Device };
}

/** The requester confirmed it; somebody else has to approve it before anything is sent. */
export interface AwaitingApproval extends RequestHead {
  readonly state: 'awaitingApproval';
  readonly devices: readonly SeenDevice[];
  readonly question: ApprovalQuestion;
  /** Half way to `expiresAt`. */
  readonly remindAt: Instant;
  readonly remindedAt?: Instant;
  readonly expiresAt: Instant;
}

/** Somebody else said no. */
export interface Denied extends RequestHead {
  readonly state: 'denied';
  readonly devices: readonly SeenDevice[];
  readonly question: ApprovalQuestion;
  readonly denial: Denial;
}

/** Each collection runs its own course. */
export interface Confirmed extends RequestHead {
  readonly state: 'confirmed';
  /** Where it was approved: the moment of that. */
  readonly confirmedAt: Instant;
  readonly approval?: Approval;
  readonly collections: readonly Collection[];
}

/** Every collection is final. */
export interface Done extends RequestHead {
  readonly state: 'done';
  readonly confirmedAt: Instant;
  readonly approval?: Approval;
  readonly finishedAt: Instant;
  readonly collections: readonly FinalCollection[];
}

/** The requester took it back before anything was sent. */
export interface CancelledRequest extends RequestHead {
  readonly state: 'cancelled';
  readonly devices: readonly ProposedDevice[];
  readonly cancelledAt: Instant;
  /** Present where it had been confirmed and waited for approval. */
  readonly question?: ApprovalQuestion;
}

/** Nobody confirmed it in time, or nobody approved it. */
export interface ExpiredRequest extends RequestHead {
  readonly state: 'expired';
  readonly devices: readonly ProposedDevice[];
  readonly expiredAt: Instant;
  /** Present where it had been confirmed and waited for approval. */
  readonly question?: ApprovalQuestion;
}

/** A request in any state. */
export type Request = Proposed | AwaitingApproval | Confirmed | Done | CancelledRequest | Denied | ExpiredRequest;

/** What holds in every state of a collection. */
interface CollectionHead {
  readonly id: CollectionId;
  /** The same in every attempt; opens Defender's Comment. */
  readonly ref: CollectionRef;
  readonly device: Device;
}

/** How often the POST was tried, and since when. Writes of an older attempt are void. */
export interface Attempts {
  readonly count: number;
  /** Start of the first attempt; an action older than this (less 10 min) is not ours. */
  readonly firstAt?: Instant;
  /**
   * Grows with every job that is planned for it, so that only the newest works on it: a job that a crash brings back
   * would else go on beside the one that it had planned. Absent before the second job.
   */
  readonly round?: number;
}

/** Confirmed, not yet sent. */
export interface Queued extends CollectionHead {
  readonly state: 'queued';
  readonly attempts: Attempts;
  /** Since when it has tried to get to Defender; kept over retries, new after a sign-in. */
  readonly queuedAt: Instant;
  /** Why the last attempt did not reach Defender; the next one comes by itself. */
  readonly delayedBy?: Problem;
  /** What the last sign-in was to mend: the same once more is final. */
  readonly signedInAfter?: Problem;
}

/** The requester's token is gone before sending. */
export interface AwaitingSignIn extends CollectionHead {
  readonly state: 'awaitingSignIn';
  readonly attempts: Attempts;
  readonly since: Instant;
  readonly expiresAt: Instant;
  /** Why Entra wants a new sign-in, where it said. */
  readonly problem?: Problem;
}

/** The POST may or may not have reached Defender. */
export interface Submitting extends CollectionHead {
  readonly state: 'submitting';
  readonly attempts: Attempts & { readonly firstAt: Instant };
  readonly queuedAt: Instant;
  /** When this attempt began. */
  readonly startedAt: Instant;
  /** How often Defender's list was searched for this attempt's action in vain. */
  readonly emptyLooks: number;
  /** True once Defender answered 400 `ActiveRequestAlreadyExists`: an action runs, the list lags. */
  readonly saidAlreadyRunning: boolean;
  /** Since when nobody can look, because the requester's token is gone. */
  readonly blockedSince?: Instant;
  /** Why a sign-in that they had is not enough; only beside `blockedSince`. */
  readonly blockedBy?: Problem;
  /** As in `Queued`. */
  readonly signedInAfter?: Problem;
}

/** Whose action it is that we follow. */
export type Ownership =
  /** Started by this collection's own POST. */
  | { readonly kind: 'ours' }
  /** Defender's answer carried no comment; requestor and time fit. */
  | { readonly kind: 'probablyOurs' }
  /** Somebody else's, already running when we asked. */
  | { readonly kind: 'joined' };

/** Somebody asked Defender through us to stop an action, and Defender took it. The action may still succeed. */
export interface CancelAsked {
  readonly by: Person;
  readonly at: Instant;
}

/** What is known once Defender has an action. */
interface WithAction extends CollectionHead {
  readonly action: MachineAction;
  readonly ownership: Ownership;
  readonly sentAt: Instant;
  readonly cancelAsked?: CancelAsked;
}

/** Followed with the watcher's token until Defender says a final word. */
export interface Running extends WithAction {
  readonly state: 'running';
  readonly watcher: Person;
  /** In how many sweeps in a row the list did not show the action. */
  readonly absentSweeps: number;
}

/** The watcher's token is gone; Defender goes on without us. */
export interface Unwatched extends WithAction {
  readonly state: 'unwatched';
  readonly lastWatcher: Person;
  readonly since: Instant;
  /** Why their sign-in was not enough, where somebody said. */
  readonly problem?: Problem;
}

/** Defender has finished. */
export interface Finished extends WithAction {
  readonly state: 'succeeded' | 'failed' | 'timedOut' | 'cancelled';
  readonly finishedAt: Instant;
}

/** Three days passed without an end. Somebody who looks later may still see one. */
export interface Unresolved extends WithAction {
  readonly state: 'unresolved';
  readonly finishedAt: Instant;
}

/** Defender, or Entra before it, said no; nothing was started. */
export interface Refused extends CollectionHead {
  readonly state: 'refused';
  readonly problem: Problem;
  readonly finishedAt: Instant;
}

/** Taken back by the requester before it was sent. */
export interface Withdrawn extends CollectionHead {
  readonly state: 'withdrawn';
  readonly finishedAt: Instant;
}

/** Nobody signed in in time. */
export interface ExpiredCollection extends CollectionHead {
  readonly state: 'expired';
  readonly finishedAt: Instant;
}

/** A collection that will not change any more. */
export type FinalCollection = Finished | Unresolved | Refused | Withdrawn | ExpiredCollection;
/** A collection in any state. */
export type Collection = Queued | AwaitingSignIn | Submitting | Running | Unwatched | FinalCollection;

/** Whether nothing will change any more. Exhaustive: a new state must say which it is. */
export function isFinal(collection: Collection): collection is FinalCollection {
  switch (collection.state) {
    case 'queued':
    case 'awaitingSignIn':
    case 'submitting':
    case 'running':
    case 'unwatched':
      return false;
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return true;
  }
}

/** The round of work that a collection on its way to Defender is in. */
export function roundOf({ attempts }: { readonly attempts: Attempts }): number {
  return attempts.round ?? 0;
}

/** Whether nobody has seen its action end, so that a look at it may bring news; also where it is not followed any more. */
export function mayBringNews(collection: Collection): collection is Running | Unwatched | Unresolved {
  return isFollowing(collection) || collection.state === 'unresolved';
}

/** Whether Defender has an action for it that has not ended, watched or not. */
export function isFollowing(collection: Collection): collection is Running | Unwatched {
  return collection.state === 'running' || collection.state === 'unwatched';
}

/** The collections of a request; none before it is confirmed. */
export function collectionsOf(request: Request): readonly Collection[] {
  switch (request.state) {
    case 'confirmed':
    case 'done':
      return request.collections;
    case 'proposed':
    case 'awaitingApproval':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return [];
  }
}

/** Whether the request will not change any more. Exhaustive: a new state must say which it is. */
export function isOver({ state }: Request): boolean {
  switch (state) {
    case 'proposed':
    case 'awaitingApproval':
    case 'confirmed':
      return false;
    case 'done':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return true;
  }
}

/** What a second person was asked, in whatever state the request is now; undefined where nobody was. */
export function questionOf(request: Request): ApprovalQuestion | undefined {
  switch (request.state) {
    case 'proposed':
      return undefined;
    case 'awaitingApproval':
    case 'denied':
    case 'cancelled':
    case 'expired':
      return request.question;
    case 'confirmed':
    case 'done':
      return request.approval?.question;
  }
}

/** Where approval was asked, if that is another conversation than the request's own. */
export function askedElsewhere(request: Request): Place | undefined {
  const askedIn = questionOf(request)?.askedIn;
  return askedIn === undefined || askedIn.conversation === request.place.conversation ? undefined : askedIn;
}
