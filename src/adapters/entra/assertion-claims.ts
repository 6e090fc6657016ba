import { decodeJwt, errors } from 'jose';
import { z } from 'zod';
import type { AssertionClaims } from '../../domain/assertion.ts';
import { type AadObjectId, parseAadObjectId, parseTenantId } from '../../domain/ids.ts';
import { instantOf, second } from '../../domain/instant.ts';
import type { Assertion, DefenderToken } from '../../domain/secret.ts';

/** Claims of a person's token, v1.0 or v2.0 (page 'Access token claims reference'). */
const assertionShape = z.object({
  oid: z.string(),
  tid: z.string(),
  aud: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  preferred_username: z.string().optional(),
  upn: z.string().optional(),
  roles: z.array(z.string()).optional(),
  iss: z.string().optional(),
  /** Who authenticated the person; absent, or as `iss`, for an account of this tenant. */
  idp: z.string().optional(),
  /** The optional claim `acct`, where the registration asks for it: 0 for a member, 1 for a guest. */
  acct: z.number().optional(),
});

/**
 * What an assertion says of itself, unverified: our own app is not its judge, Entra verifies it at the exchange.
 * @returns undefined for a text that is no JWT, or one without the claims of a person
 */
export function readAssertionClaims(assertion: Assertion): AssertionClaims | undefined {
  const parsed = assertionShape.safeParse(payloadOf(assertion.reveal()));
  if (!parsed.success) return undefined;
  const { aud, exp, preferred_username, upn = preferred_username, roles = [] } = parsed.data;
  const oid = parseAadObjectId(parsed.data.oid);
  const tenant = parseTenantId(parsed.data.tid);
  const expiresAt = instantOf(new Date(exp * second));
  if (oid === undefined || tenant === undefined || expiresAt === undefined) return undefined;
  return {
    oid,
    tenant,
    audience: aud,
    expiresAt,
    isGuest: isGuest(parsed.data),
    roles,
    ...(upn === undefined ? {} : { upn }),
  };
}

/**
 * A guest has an `oid` in this tenant, so that only these claims tell ('Access token claims reference', 'Optional
 * claims'). Without `acct` everybody counts as guest whom another tenant has authenticated: rather one too many.
 */
function isGuest({ tid, iss, idp, acct }: z.infer<typeof assertionShape>): boolean {
  if (acct !== undefined) return acct !== 0;
  return idp !== undefined && idp !== iss && !idp.toLowerCase().includes(tid.toLowerCase());
}

/** Whose delegated token it is. */
export interface DelegatedClaims {
  readonly oid: AadObjectId;
  /** Short names of the granted permissions, at least one. */
  readonly scopes: readonly string[];
}

const delegatedShape = z.object({ oid: z.string(), scp: z.string() });

/** What a Defender token says of itself; undefined for an application's token, which has no `scp`. */
export function readDelegatedClaims(token: DefenderToken): DelegatedClaims | undefined {
  const parsed = delegatedShape.safeParse(payloadOf(token.reveal()));
  if (!parsed.success) return undefined;
  const oid = parseAadObjectId(parsed.data.oid);
  const scopes = parsed.data.scp.split(' ').filter((scope) => scope !== '');
  return oid === undefined || scopes.length === 0 ? undefined : { oid, scopes };
}

function payloadOf(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
