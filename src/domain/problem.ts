import type { CorrelationId } from './ids.ts';
import type { Instant } from './instant.ts';

/**
 * Why something a person asked for did not happen, in the field's terms. The cards word it;
 * adapters and use cases only pick the kind. Each carries what an administrator needs to find the call.
 */
export type Problem = ProblemKind & { readonly correlationId?: CorrelationId };

type ProblemKind =
  /** The token that came back is not the person's: another `oid`, tenant or audience. */
  | { readonly kind: 'someoneElsesSignIn' }
  /** The person is a guest, or their tenant is not the bot's. */
  | { readonly kind: 'otherTenant' }
  /** Nobody has consented to the bot's Defender permissions (AADSTS65001). */
  | { readonly kind: 'consentMissing' }
  /** Entra wants more proof, or Defender a fresh sign-in: a new one may help. */
  | ({ readonly kind: 'moreProofNeeded' } & Proof)
  /** The same once more, after a new sign-in: another would not help by itself. */
  | ({ readonly kind: 'signInBlocked' } & Proof)
  /** Entra or the Token Service does not accept the bot itself: its credential or its registration is not right. */
  | { readonly kind: 'botRefused'; readonly code?: string }
  /** Entra refused the on-behalf-of exchange for another reason; `code` is its AADSTS number where it gave one. */
  | { readonly kind: 'signInRefused'; readonly code?: string }
  /** Entra or the Token Service did not answer in time. */
  | { readonly kind: 'signInUnavailable' }
  /** No device of this id or name that the person may see. */
  | { readonly kind: 'deviceNotFound' }
  /** 403 that names a missing delegated permission. */
  | { readonly kind: 'permissionMissing'; readonly permission: 'Machine.Read' | 'Machine.CollectForensics' }
  /** 403 otherwise: the person's Defender role or device group does not allow it. */
  | { readonly kind: 'notPermitted' }
  /** 403 `DisabledFeature` or `DisallowedOperation`: the tenant or its plan does not offer the action. */
  | { readonly kind: 'actionNotOffered'; readonly code: string }
  /** 400 `OsPlatformNotSupported` or `ClientVersionNotSupported`. */
  | { readonly kind: 'deviceNotSupported'; readonly code: string }
  /** 400 `ActiveRequestAlreadyExists`, and no list shows the action. */
  | { readonly kind: 'alreadyRunningUnseen' }
  /** 429; `until` is when Defender takes calls again. */
  | { readonly kind: 'throttled'; readonly until: Instant }
  /** Our own share of the calls that Defender allows is used up; the next is free at `until`, `waitMs` after this was found. */
  | { readonly kind: 'noBudget'; readonly until: Instant; readonly waitMs: number }
  /** Any other 4xx. */
  | { readonly kind: 'defenderRefused'; readonly status: number; readonly code: string }
  /** 5xx, no connection, or no answer. */
  | { readonly kind: 'defenderUnavailable' }
  /** The POST had no clear end and nobody could look for its action: it may run, or not. */
  | { readonly kind: 'outcomeUnknown' }
  /** What would be sent is not what was approved: devices, reason or requester differ. */
  | { readonly kind: 'notAsApproved' }
  /** A 2xx whose body is not what the API documents. */
  | { readonly kind: 'defenderUnreadable' };

/** What stands in the way of a sign-in, as far as Entra says. */
export const obstacles = ['secondFactor', 'device', 'app', 'risk', 'policy', 'sessionEnded'] as const;
/** One of `obstacles`. */
export type Obstacle = (typeof obstacles)[number];

/** Both are absent where Defender wanted it: it does not say why. `code` is the AADSTS number. */
interface Proof {
  readonly obstacle?: Obstacle;
  readonly code?: string;
}

/** Whether only a fresh sign-in in a window may help: a silent one would be the same again. */
export function wantsProof(problem: Problem | undefined): problem is Extract<Problem, { kind: 'moreProofNeeded' }> {
  return problem?.kind === 'moreProofNeeded';
}

/** What a refusal becomes when the sign-in that it asked for has not helped. */
export function stillRefused(problem: Problem): Problem {
  return wantsProof(problem) ? { ...problem, kind: 'signInBlocked' } : problem;
}
