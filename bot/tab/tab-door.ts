/**
 * Who may use the tab's API: a member of the tenant, with a token that Entra gave Teams for this app and this person.
 * Unlike an assertion of the Token Service, this one comes from anybody's browser: so its signature is checked here.
 */
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { readAssertionClaims } from '../../src/adapters/entra/assertion-claims.ts';
import { type AssertionClaims, checkAssertion } from '../../src/domain/assertion.ts';
import type { TenantId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Language } from '../../src/domain/language.ts';
import { type Assertion, Secret } from '../../src/domain/secret.ts';
import { bearerOf, NotAdmittedError } from '../not-admitted.ts';
import { SigningKeysUnavailable } from '../teams/signing-keys.ts';

/** Somebody who has come through the door. */
export interface Caller {
  readonly claims: AssertionClaims;
  /** As Entra writes it; untrusted text. */
  readonly name: string;
  /** The token itself: what is asked of Defender is asked as this person. */
  readonly assertion: Assertion;
  /** The one that their page speaks. */
  readonly language: Language;
}

/** What the door needs. */
export interface TabDoorPorts {
  /** `<authority>/<tenant>/v2.0`: the registration has to ask for tokens of version 2. */
  readonly issuer: string;
  readonly app: { readonly appId: string; readonly tenant: TenantId };
  /** Picks Entra's key of a token. */
  readonly keyFor: JWTVerifyGetKey;
  readonly clock: () => Instant;
}

/** Lets somebody in by the header that the page sends, to be answered in their language; throws NotAdmittedError for everybody else. */
export type TabDoor = (authorization: string | undefined, language: Language) => Promise<Caller>;

/** The scope that Teams' clients are allowed for this app ('Configure your tab app in Microsoft Entra ID'). */
const scope = 'access_as_user';
/** Seconds by which the clocks of Entra and the bot may differ; the end of a token counts to the second. */
const clockTolerance = 60;
/** More than any directory allows. */
const longestName = 256;

/** A token of a person for our API; an application's has no `scp` ('Access token claims reference'). */
const personal = z.object({ scp: z.string(), name: z.string().optional() });

/** Makes the door. */
export function createTabDoor({ issuer, app, keyFor, clock }: TabDoorPorts): TabDoor {
  async function verified(token: string) {
    try {
      const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'nbf', 'oid', 'tid'] };
      const now = { currentDate: new Date(clock()), clockTolerance };
      return (await jwtVerify(token, keyFor, { ...options, ...now })).payload;
    } catch (cause) {
      if (cause instanceof SigningKeysUnavailable) throw new NotAdmittedError(503, cause.message, { cause });
      throw new NotAdmittedError(401, 'the token is not one of this tenant’s Entra', { cause });
    }
  }

  return async (authorization, language) => {
    const token = bearerOf(authorization);
    const payload = await verified(token);
    const assertion: Assertion = new Secret('assertion', token);
    const claims = readAssertionClaims(assertion);
    if (claims === undefined) throw new NotAdmittedError(401, 'the token names no person');
    const check = checkAssertion(claims, { ...app, oid: claims.oid }, clock());
    if (check === 'guest') throw new NotAdmittedError(403, 'the person is a guest');
    if (check !== 'ok') throw new NotAdmittedError(401, `the token is not for this tenant and app: ${check}`);
    const person = personal.safeParse(payload);
    if (!person.success || !person.data.scp.split(' ').includes(scope)) {
      throw new NotAdmittedError(403, `the token is not one of a person with ${scope}`);
    }
    const name = person.data.name?.slice(0, longestName).trim();
    return { claims, name: name || claims.upn || catalogueOf(language).answers.somebody, assertion, language };
  };
}
