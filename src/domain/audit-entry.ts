/** What the audit log keeps: one entry per decision. `audit-of-change.ts` finds those that change a request. */
import type { ApprovalSeal } from './approval.ts';
import type {
  CollectionId,
  CollectionRef,
  ConversationId,
  CorrelationId,
  DeviceId,
  MachineActionId,
  RequestId,
} from './ids.ts';
import type { FinalStatus } from './machine-action.ts';
import type { Person } from './person.ts';
import type { ApprovalWhy } from './policy.ts';
import type { Problem } from './problem.ts';
import type { Ownership } from './request.ts';

/** What an entry of each kind tells besides who, where, and about what. */
export interface AuditDetails {
  /** Somebody asked for these devices, as they named them. */
  readonly asked: { readonly devices: readonly string[]; readonly reason: string };
  /** The requester changed the reason before anything was sent. */
  readonly reasonEdited: { readonly reason: string };
  /** The requester pressed **Collect**. */
  readonly confirmed: { readonly reason: string; readonly devices: readonly ConfirmedDevice[] } & LeftOut;
  /** The requester pressed **Collect**, and a second person was asked; `seal` covers devices, reason and requester. */
  readonly approvalAsked: {
    readonly reason: string;
    readonly why: ApprovalWhy;
    readonly seal: ApprovalSeal;
    readonly devices: readonly Pick<ConfirmedDevice, 'device' | 'deviceName'>[];
  } & LeftOut;
  /** Somebody else approved it, as their sign-in calls them. */
  readonly approved: {
    readonly reason: string;
    readonly seal: ApprovalSeal;
    readonly upn?: string;
    readonly devices: readonly ConfirmedDevice[];
  };
  /** Somebody else denied it. */
  readonly denied: { readonly reason: string; readonly seal: ApprovalSeal };
  /** The requester took it back before anything was sent. */
  readonly cancelled: Nothing;
  /** Nobody decided in time. */
  readonly expired: Nothing;
  /** Defender has an action for the collection. */
  readonly submitted: {
    readonly ref: CollectionRef;
    readonly deviceName: string;
    readonly ownership: Exclude<Ownership['kind'], 'joined'>;
    /** How Defender calls the one who asked. */
    readonly requestor?: string;
  };
  /** Somebody else's action was running; it is followed, and nothing was sent. */
  readonly joined: { readonly deviceName: string; readonly requestor?: string };
  /** Defender, or Entra before it, said no; or the outcome is unknown for good. */
  readonly refused: { readonly ref: CollectionRef; readonly deviceName: string; readonly problem: Problem };
  /** The requester took one collection back before it was sent. */
  readonly withdrawn: { readonly deviceName: string };
  /** Defender said the last word; `unresolved`: it said none within three days. */
  readonly finished: { readonly deviceName: string; readonly status: FinalStatus | 'unresolved' };
  /** Somebody is about to ask Defender to stop an action, whoever started it. */
  readonly cancelAsked: { readonly reason: string };
  /** Defender gave somebody a link to a package. The link itself is nowhere. */
  readonly linkFetched: Nothing;
  readonly signedIn: Nothing;
  readonly signedOut: Nothing;
  /** Somebody whom we know wanted what they may not do. */
  readonly personRefused: { readonly wish: string; readonly why: RefusalReason };
}

/** Who said no to a person: the bot itself, or Entra or Defender by a problem. */
export type RefusalReason =
  | 'notForYou'
  | 'needsAnother'
  | 'roleMissing'
  | 'deviceHidden'
  | 'notServedHere'
  /** More than anybody may ask within a minute; kept once, however many follow. */
  | 'tooOften'
  /** Sent long before it came. */
  | 'tooLate'
  | Problem['kind'];

/** Devices of the request that the confirmation left out, as they were asked for; absent where there are none. */
interface LeftOut {
  readonly leftOut?: readonly string[];
}

/** A device that was confirmed, and the collection that it became. */
export interface ConfirmedDevice {
  readonly collection: CollectionId;
  readonly ref: CollectionRef;
  readonly device: DeviceId;
  readonly deviceName: string;
}

type Nothing = Readonly<Record<never, never>>;

/** The kinds of decisions. */
export type AuditKind = keyof AuditDetails;

/** What an entry is about, as far as it applies. */
export interface AuditSubject {
  /** Who decided, or on whose behalf it was; absent where Defender or the clock did. */
  readonly by?: Person;
  readonly conversation?: ConversationId;
  readonly request?: RequestId;
  readonly collection?: CollectionId;
  readonly device?: DeviceId;
  readonly action?: MachineActionId;
  /** What an administrator needs to find a refused call. */
  readonly correlationId?: CorrelationId;
}

/** A decision. Never holds a token, a link, a code or an assertion; reasons stand there as typed. */
export type AuditEntry = {
  readonly [Kind in AuditKind]: AuditSubject & { readonly kind: Kind; readonly details: AuditDetails[Kind] };
}[AuditKind];

/** A no to somebody whom we know, on its way to them and to the audit. */
export interface Refusal extends Pick<AuditSubject, 'request' | 'correlationId'> {
  readonly why: RefusalReason;
}

/** Whether a problem says that this person may not, and not merely that something is missing, away or busy. */
export function isRefusal({ kind }: Problem): boolean {
  switch (kind) {
    case 'someoneElsesSignIn':
    case 'otherTenant':
    case 'consentMissing':
    case 'signInRefused':
    case 'signInBlocked':
    case 'permissionMissing':
    case 'notPermitted':
    case 'actionNotOffered':
      return true;
    case 'moreProofNeeded':
    case 'signInUnavailable':
    case 'botRefused':
    case 'deviceNotFound':
    case 'deviceNotSupported':
    case 'alreadyRunningUnseen':
    case 'throttled':
    case 'noBudget':
    case 'defenderRefused':
    case 'defenderUnavailable':
    case 'outcomeUnknown':
    case 'notAsApproved':
    case 'defenderUnreadable':
      return false;
  }
}
