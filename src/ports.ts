/**
 * What the use cases need from the outside, in their own words. Adapters implement these;
 * tests put fakes here. Nothing in `src/` knows which adapter it talks to.
 */
import type { AssertionClaims } from './domain/assertion.ts';
import type { AuditEntry } from './domain/audit-entry.ts';
import type { CallAnswer, CallWish, DefenderApi } from './domain/call-budget.ts';
import type { DefenderResult } from './domain/defender-failure.ts';
import type { Device } from './domain/device.ts';
import type {
  AadObjectId,
  ActivityId,
  CollectionId,
  ConversationId,
  DeviceId,
  MachineActionId,
  RequestId,
} from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import type { MachineAction } from './domain/machine-action.ts';
import type { Notice } from './domain/notice.ts';
import type { Person } from './domain/person.ts';
import type { Place } from './domain/place.ts';
import type { Problem } from './domain/problem.ts';
import type { Collection, Proposed, Request, Running, Unwatched } from './domain/request.ts';
import type { Assertion, DefenderToken, PackageLink } from './domain/secret.ts';
import type { Effect, Outcome } from './domain/transition.ts';

/** A collection together with the request it belongs to. */
export interface Placed<Kind extends Collection> {
  readonly request: Request;
  readonly collection: Kind;
}

/**
 * Requests, durable. Every change, the jobs of its effects, and what the audit keeps of it are one transaction; times are
 * the database's.
 */
export interface RequestStore {
  /** The database's clock. */
  now(): Promise<Instant>;
  /**
   * Stores a new proposal with its effects, once per message.
   * @returns false when that message (`conversation`, `activity`) has already made one; then nothing was stored
   */
  propose(source: Source, make: (now: Instant) => { request: Proposed; effects: readonly Effect[] }): Promise<boolean>;
  find(id: RequestId): Promise<Request | undefined>;
  findByCollection(id: CollectionId): Promise<Request | undefined>;
  /**
   * Reads the request under a lock, lets `decide` judge it, and stores what it says.
   * @returns the outcome together with the request as it is afterwards; undefined when there is none
   */
  change(id: RequestId, decide: (request: Request, now: Instant) => Outcome<Request>): Promise<Changed | undefined>;
  /**
   * Requests in which something goes on with this person's sign-in: proposals, collections `awaitingSignIn`, blocked
   * or `unwatched`, and those of theirs that somebody else watches.
   */
  waitingForSignIn(person: AadObjectId): Promise<readonly RequestId[]>;
  /** A collection other than `except` that is `submitting` or `running` on this device, whoever asked. */
  openOnDevice(device: DeviceId, except: CollectionId): Promise<Placed<Collection> | undefined>;
  /** Everything followed with this watcher's token. */
  watchedBy(watcher: AadObjectId): Promise<readonly Placed<Running>[]>;
  /** How many people's tokens something is followed with. */
  watchers(): Promise<number>;
  /** Everything not yet at its end that follows this action, whoever asked. */
  followersOf(action: MachineActionId): Promise<readonly Placed<Running | Unwatched>[]>;
  /** Every collection, ended or not, that is or was about one of these actions, whoever asked. */
  aboutActions(actions: readonly MachineActionId[]): Promise<readonly Placed<Collection>[]>;
  /** Requests that still go on in this conversation, its threads included; the oldest 200. */
  openIn(conversation: ConversationId): Promise<readonly RequestId[]>;
  /** Requests of this person: those that still go on first, then the others, each newest first. */
  newestOf(requester: AadObjectId, count: number): Promise<readonly Request[]>;
  /** The string by which Defender itself called this person in an answer to their own POST. */
  requestorName(person: AadObjectId): Promise<string | undefined>;
  rememberRequestorName(person: AadObjectId, name: string): Promise<void>;
}

/** The message (or the one click) that a proposal came from. */
export interface Source {
  readonly conversation: ConversationId;
  /** The message's activity id, or a text that names the click. */
  readonly activity: string;
}

/** What a change did. */
export interface Changed {
  readonly outcome: Outcome<Request>;
  readonly request: Request;
}

/** What has been posted of a request, so that it is posted once and edited afterwards. */
export interface PostStore {
  /** What stands in the conversation; undefined when nothing was posted, or the post was deleted. */
  posted(request: RequestId, what: PostKind): Promise<Posted | undefined>;
  /** Notes what was posted. It belongs to no other request, whatever was adopted. */
  note(request: RequestId, what: PostKind, posted: Posted): Promise<void>;
  /** Notes what a post says now; nothing, if the request has another post, or none, in that place. */
  noteEdit(request: RequestId, what: PostKind, posted: Posted): Promise<void>;
  /**
   * Notes a card that nobody knew of, because the answer to its post was lost: as the card where there is none, else as
   * the one orphan beside it.
   * @returns false, and nothing is noted, when that post is known already, of whichever request, or there is an orphan
   */
  adopt(request: RequestId, card: Omit<Posted, 'fingerprint'>): Promise<boolean>;
  /** Those of these requests of which something could not be posted, and was given up. */
  undelivered(requests: readonly RequestId[]): Promise<ReadonlySet<RequestId>>;
}

/** The card, or one of the messages after it. */
export type PostKind =
  | 'card'
  /** The card that was posted anew after somebody had deleted it; only once. */
  | 'cardAnew'
  /** A second card, of a post whose answer was lost. */
  | 'orphan'
  /** The word in 1:1 that there is no card, because the bot is not in the conversation. */
  | 'noCard'
  /** The word in 1:1 that the request goes on, but not where it was asked: the bot is no longer there. */
  | 'moved'
  /** The card where approval is asked, when that is another conversation. */
  | 'approvalCard'
  | Notice['key']
  | SignInOfferKey;

/** One offer per person and revision of the card: pressing twice does not send two. */
export type SignInOfferKey = `signInOffer:${AadObjectId}:${number}`;

/** A post in a conversation. */
export interface Posted {
  readonly conversation: ConversationId;
  readonly activity: ActivityId;
  /** Fingerprint of the content: an equal card is not sent again. */
  readonly fingerprint: string;
}

/** The conversation, as the use cases see it. Throws `ConversationError` when the chat does not take a post. */
export interface Announcer {
  /** Posts the request's card. */
  postCard(request: Request): Promise<Posted>;
  /** Edits the posted card; equal content makes no call. */
  editCard(request: Request, posted: Posted): Promise<Posted>;
  /** Posts the card for those who may approve, where they are asked. */
  postApprovalCard(request: Request, askedIn: Place): Promise<Posted>;
  /** Edits it; equal content makes no call. */
  editApprovalCard(request: Request, askedIn: Place, posted: Posted): Promise<Posted>;
  /** Posts a message into the thread of the card, or into the place of the request. */
  tell(request: Request, notice: Notice, card: Posted | undefined): Promise<Posted>;
  /** The same in 1:1, for when the bot is no longer in the conversation. */
  tellPrivately(request: Request, notice: Notice): Promise<Posted>;
  /** Whether the bot is still where the request was asked, as far as is known. */
  isThere(request: Request): Promise<boolean>;
  /** Says in 1:1 that the bot is no longer there, and what that means for the request. */
  tellMoved(request: Request): Promise<Posted>;
  /** Says in 1:1 that the request has no card, because the bot cannot write where it was asked. */
  tellNoCard(request: Request): Promise<Posted>;
}

/** A way to sign in besides the card's own button. Throws `ConversationError` like the Announcer. */
export interface SignInOffers {
  /** Sends it to that person alone: in the place of the request where Teams can, else in 1:1. */
  offer(request: Request, person: Person): Promise<Posted>;
}

/** The audit log, for decisions that change no request; the store keeps those that do (`audit-of-change.ts`). */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
}

/** The Token Service: it holds each person's token for our own app. */
export interface Assertions {
  /** The person's assertion as the Token Service holds it now; undefined when they have to sign in. */
  find(person: Person): Promise<AssertionResult>;
  /** Forgets the person's token, so that the next sign-in is a fresh one. */
  signOut(person: Person): Promise<void>;
}

/** What the Token Service gave. */
export type AssertionResult =
  | { readonly kind: 'found'; readonly assertion: Assertion; readonly claims: AssertionClaims }
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Entra's on-behalf-of exchange. */
export interface OnBehalfOf {
  /** Exchanges a checked assertion for a delegated Defender token of the same person. Never returns a token without `scp`. */
  exchange(assertion: Assertion): Promise<ExchangeResult>;
}

/** What Entra gave. */
export type ExchangeResult =
  | { readonly kind: 'token'; readonly token: DefenderToken }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Defender for Endpoint, always as the person whose token is passed. Never throws for what the wire does. */
export interface Defender {
  /** `GET /api/machines/{id}` */
  device(token: DefenderToken, id: DeviceId): Promise<DefenderResult<Device>>;
  /** `GET /api/machines?$filter=computerDnsName eq '…'`, then `startswith(computerDnsName,'….')`; newest report first, at most 16. */
  devicesNamed(token: DefenderToken, name: string): Promise<DefenderResult<readonly Device[]>>;
  /** `GET /api/machines?$filter=startswith(computerDnsName,'…')` with less of the name; the nearest first, at most 16. */
  devicesNear(token: DefenderToken, name: string): Promise<DefenderResult<readonly Device[]>>;
  /**
   * `POST /api/machines/{id}/collectInvestigationPackage`
   * @param sendBefore on the clock of `performance.now()`: later than that the POST is not sent (`unanswered`, `sent: false`),
   *   and an answer is not awaited longer than that
   */
  collect(
    token: DefenderToken,
    id: DeviceId,
    comment: string,
    sendBefore: number,
  ): Promise<DefenderResult<MachineAction>>;
  /** `GET /api/machineactions/{id}` */
  action(token: DefenderToken, id: MachineActionId): Promise<DefenderResult<MachineAction>>;
  /** `GET /api/machineactions?$filter=…`: the package collections on a device, all of them or since a moment. */
  actionsOnDevice(
    token: DefenderToken,
    id: DeviceId,
    since: Instant | undefined,
  ): Promise<DefenderResult<readonly MachineAction[]>>;
  /** `GET /api/machineactions?$filter=…`: the package collections of one requestor, by Defender's own string, since a moment. */
  actionsOfRequestor(
    token: DefenderToken,
    requestor: string,
    since: Instant,
  ): Promise<DefenderResult<readonly MachineAction[]>>;
  /** `GET /api/machineactions?$filter=…`: everybody's package collections since a moment that the person may see; at most 5,000. */
  actionsSince(token: DefenderToken, since: Instant): Promise<DefenderResult<readonly MachineAction[]>>;
  /** `POST /api/machineactions/{id}/cancel` */
  cancel(token: DefenderToken, id: MachineActionId, comment: string): Promise<DefenderResult<MachineAction>>;
  /** `GET /api/machineactions/{id}/getPackageUri` */
  packageLink(token: DefenderToken, id: MachineActionId): Promise<DefenderResult<PackageLink>>;
}

/** The calls that Defender allows, counted for all replicas together (`call-budget.ts`). */
export interface DefenderBudget {
  /** Takes one call. What it answers is stored before: a crash may waste a call, and never makes one too many. */
  take(wish: CallWish): Promise<CallAnswer>;
  /** Defender said 429, so somebody else used the limit up: nobody calls this API for so many milliseconds. */
  pause(api: DefenderApi, ms: number): Promise<void>;
}

/** Where the code tells an operator what happened. Fields never carry a token, a link, or what people typed. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Structured fields of a log line. */
export type LogFields = Readonly<Record<string, unknown>>;
