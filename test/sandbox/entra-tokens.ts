import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { botApp, commercialResources, type Resources } from './app.ts';
import { signingKeys } from './keys.ts';
import { type Person, tenantId } from './people.ts';

/** How a person proved who they are; `mfa` among them lifts a demand for multi-factor sign-in. */
export type SignInMethod = 'pwd' | 'mfa';

/** What a test may change about a token for a person. Lifetime in seconds, may be negative: then it has expired. */
export interface AssertionChanges {
  readonly lifetime?: number;
  readonly audience?: string;
  readonly tenantId?: string;
  readonly oid?: string;
  readonly methods?: readonly SignInMethod[];
  /** App roles of our app that the token carries. */
  readonly roles?: readonly string[];
}

/** Claims of any token that Entra issued, as far as the sandbox looks at them. */
const claimsShape = z.object({
  aud: z.string(),
  iss: z.string(),
  tid: z.string(),
  oid: z.string().optional(),
  appid: z.string().optional(),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  upn: z.string().optional(),
  preferred_username: z.string().optional(),
  amr: z.array(z.string()).optional(),
  iat: z.number(),
  exp: z.number(),
});
export type TokenClaims = z.infer<typeof claimsShape>;

/** A token and its end, in seconds since 1970. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** The id by which Entra knows the Teams desktop client ('Register your tab app in Microsoft Entra ID', Microsoft's page). */
const teamsClientId = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
const hour = 3600;

/** Issues and checks Entra's tokens. The claims follow Microsoft's page 'Access token claims reference'. */
export class EntraTokens {
  /** Entra's own address, without a slash at the end. */
  readonly authority: string;
  /** What there are tokens for. */
  readonly resources: Resources;

  constructor(authority: string, resources: Resources = commercialResources) {
    this.authority = authority;
    this.resources = resources;
  }

  /** The token that a Teams client gets silently for our app; the Token Service exchanges it. */
  sso(person: Person, changes: AssertionChanges = {}): Promise<IssuedToken> {
    return this.assertion(person, { audience: botApp.resource, ...changes });
  }

  /** A person's token for our own app (v2.0), which the bot presents in OBO. */
  assertion(person: Person, changes: AssertionChanges = {}): Promise<IssuedToken> {
    const tid = changes.tenantId ?? person.tenantId;
    const claims = {
      iss: `${this.authority}/${tid}/v2.0`,
      aud: changes.audience ?? botApp.appId,
      tid,
      oid: changes.oid ?? person.oid,
      name: person.name,
      preferred_username: person.upn,
      scp: 'access_as_user',
      ...(person.homeTenantId !== undefined && { idp: `https://sts.windows.net/${person.homeTenantId}/` }),
      azp: teamsClientId,
      amr: [...(changes.methods ?? ['pwd'])],
      ver: '2.0',
      ...(changes.roles && { roles: [...changes.roles] }),
    };
    return this.#issue(claims, changes.lifetime ?? hour);
  }

  /** A person's token for another API, issued to our app (v1.0, as Defender gets it). `scopes` are short names. */
  onBehalfOf(
    assertion: TokenClaims,
    resource: string,
    scopes: readonly string[],
    lifetime = hour,
  ): Promise<IssuedToken> {
    const { tid, oid } = assertion;
    const upn = assertion.preferred_username;
    return this.#issue({ ...this.#v1(resource, tid), oid, upn, scp: scopes.join(' '), amr: assertion.amr }, lifetime);
  }

  /** An application's own token: no person, no `scp`. */
  application(resource: string, tenant: string, roles: readonly string[], lifetime = hour): Promise<IssuedToken> {
    const claims = { ...this.#v1(resource, tenant), oid: botApp.appId, ...(roles.length > 0 && { roles: [...roles] }) };
    return this.#issue(claims, lifetime);
  }

  /** A managed identity's token, valid for a day: without a person, and for one resource. */
  managedIdentity(principalId: string, resource: string): Promise<IssuedToken> {
    const iss = `${this.authority}/${tenantId}/v2.0`;
    return this.#issue(
      { iss, aud: resource, tid: tenantId, oid: principalId, sub: principalId, ver: '2.0' },
      24 * hour,
    );
  }

  /** The ID token that goes with an OBO answer when the client asks for `openid`. */
  async idToken(assertion: TokenClaims): Promise<string> {
    const { tid, oid, preferred_username } = assertion;
    const iss = `${this.authority}/${tid}/v2.0`;
    const issued = await this.#issue(
      { iss, aud: botApp.appId, tid, oid, preferred_username, sub: oid, ver: '2.0' },
      hour,
    );
    return issued.token;
  }

  /**
   * The claims of a token that Entra signed and that has not expired; undefined for anything else. The caller looks at
   * audience, tenant and scope, because each of them is refused in its own way.
   */
  async verified(token: string): Promise<TokenClaims | undefined> {
    const { entra } = await signingKeys();
    try {
      const { payload } = await jwtVerify(token, entra.publicKey, { algorithms: ['RS256'] });
      return claimsShape.parse(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
      throw error;
    }
  }

  /** True if the token is our bot's own for the Bot Framework ('Bot Connector authentication', Microsoft's page). */
  async isBotToken(token: string | undefined): Promise<boolean> {
    const claims = token === undefined ? undefined : await this.verified(token);
    return claims?.aud === this.resources.botFramework && claims.appid === botApp.appId;
  }

  #v1(resource: string, tid: string) {
    return { iss: `https://sts.windows.net/${tid}/`, aud: resource, tid, appid: botApp.appId, ver: '1.0' };
  }

  async #issue(claims: Readonly<Record<string, unknown>>, lifetime: number): Promise<IssuedToken> {
    const { entra } = await signingKeys();
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = now + lifetime;
    const token = await new SignJWT({ ...claims, uti: randomUUID() })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: entra.kid, x5t: entra.kid })
      .setIssuedAt(Math.min(now, expiresAt - 1))
      .setNotBefore(Math.min(now, expiresAt - 1))
      .setExpirationTime(expiresAt)
      .sign(entra.privateKey);
    return { token, expiresAt };
  }
}
