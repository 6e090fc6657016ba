import type { AadObjectId, TenantId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Problem } from './problem.ts';

/** What a person's token for our own app says of itself. Unverified: Entra verifies it at the exchange. */
export interface AssertionClaims {
  readonly oid: AadObjectId;
  readonly tenant: TenantId;
  readonly audience: string;
  readonly expiresAt: Instant;
  /** `preferred_username`, in older tokens `upn`: for display and audit only. */
  readonly upn?: string;
  /** The account comes from another tenant, though it has an entry in this one. */
  readonly isGuest: boolean;
  /** App roles of our app. */
  readonly roles: readonly string[];
}

/** Whose assertion it has to be, and for which app. */
export interface ExpectedAssertion {
  readonly tenant: TenantId;
  /** Our app's id: a GUID in any case. */
  readonly appId: string;
  readonly oid: AadObjectId;
}

/** What the check found; anything but `ok` must not be exchanged. */
export type AssertionCheck = 'ok' | 'otherTenant' | 'guest' | 'otherAudience' | 'otherPerson' | 'expired';

/**
 * Whether this assertion may be used for this person. The audience of a v2.0 token is the app's GUID, of a v1.0 token
 * its application ID URI: `api://<app id>`, or `api://botid-<app id>` as Teams' sign-in for bots wants it.
 */
export function checkAssertion(claims: AssertionClaims, expected: ExpectedAssertion, now: Instant): AssertionCheck {
  if (claims.tenant !== expected.tenant) return 'otherTenant';
  const appId = expected.appId.toLowerCase();
  const audiences = [appId, `api://${appId}`, `api://botid-${appId}`];
  if (!audiences.includes(claims.audience.toLowerCase())) return 'otherAudience';
  if (claims.oid !== expected.oid) return 'otherPerson';
  if (claims.isGuest) return 'guest';
  return claims.expiresAt <= now ? 'expired' : 'ok';
}

/** Why an assertion may not be used by this person, however fresh it is. */
export type AssertionRefusal = Exclude<AssertionCheck, 'ok' | 'expired'>;

/** What a person is told whose assertion may not be used. */
export function problemOfAssertion(check: AssertionRefusal): Problem {
  switch (check) {
    case 'guest':
      return { kind: 'otherTenant' };
    case 'otherTenant':
    case 'otherAudience':
    case 'otherPerson':
      return { kind: 'someoneElsesSignIn' };
  }
}
