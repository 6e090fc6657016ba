import { randomBytes, randomInt } from 'node:crypto';
import { botApp } from './app.ts';
import { type EntraRefusal, refusal } from './entra-errors.ts';
import type { AssertionChanges, EntraTokens } from './entra-tokens.ts';
import { type Person, tenantId } from './people.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A registration of its own for people who sign in at a terminal: a public client, which has no proof of itself. */
export const terminalClientId = 'c11e47c1-7777-4777-8777-000000000007';

interface Attempt {
  readonly clientId: string;
  readonly deviceCode: string;
  readonly userCode: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  signedIn: { readonly person: Person; readonly changes: AssertionChanges } | undefined;
}

/** Sign-in of a person at another device ('OAuth 2.0 device authorization grant', Microsoft's page), for our app's own scope. */
export class DeviceCodes {
  /**
   * Registrations that allow public client flows: only those may use this grant. Ours does not, as a new registration
   * does not, and so has to prove itself (AADSTS7000218).
   */
  readonly publicClients = new Set<string>([terminalClientId]);
  /** How long a code is good, in seconds. Microsoft's page: 15 minutes. */
  lifetime = 900;
  /** Seconds between two questions of the client. Microsoft's page: 5; here nobody has to wait for so long. */
  interval = 1;
  readonly #tokens: EntraTokens;
  readonly #attempts: Attempt[] = [];

  constructor(tokens: EntraTokens) {
    this.#tokens = tokens;
  }

  /** A person enters the code on the page and signs in. Throws when no such code is shown anywhere. */
  complete(userCode: string, person: Person, changes: AssertionChanges = {}): void {
    const attempt = this.#attempts.find((each) => each.userCode === userCode);
    if (attempt === undefined) throw new Error(`Nobody was shown the code ${userCode}`);
    attempt.signedIn = { person, changes };
  }

  /** The device asks for a code. */
  begin({ rawBody, params }: WireRequest, page: string): WireAnswer {
    const form = new URLSearchParams(rawBody);
    const clientId = form.get('client_id') ?? '';
    const refused = this.#refusalOf(clientId, params.tenant, form.get('scope') ?? '');
    if (refused !== undefined) return refusal(refused);
    const attempt: Attempt = {
      clientId,
      deviceCode: `sandbox-device-code-marker-${randomBytes(12).toString('hex')}`,
      userCode: String(randomInt(100_000_000, 1_000_000_000)),
      until: Date.now() + this.lifetime * 1000,
      signedIn: undefined,
    };
    this.#attempts.push(attempt);
    const { deviceCode, userCode } = attempt;
    const body = {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: page,
      expires_in: this.lifetime,
      interval: this.interval,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
    };
    return { status: 200, body };
  }

  /** The device asks whether the person has signed in meanwhile. */
  async redeem(form: URLSearchParams): Promise<WireAnswer> {
    const attempt = this.#attempts.find(({ deviceCode }) => deviceCode === form.get('device_code'));
    if (attempt === undefined || attempt.clientId !== form.get('client_id')) return refusal('badDeviceCode');
    // By Microsoft's page the grant is for public clients, which show no proof.
    if (!this.publicClients.has(attempt.clientId)) return refusal('noProof');
    if (attempt.until <= Date.now()) return refusal('expiredDeviceCode');
    if (attempt.signedIn === undefined) return refusal('authorizationPending');
    const { person, changes } = attempt.signedIn;
    const { token } = await this.#tokens.assertion(person, changes);
    const claims = await this.#tokens.verified(token);
    const body = {
      token_type: 'Bearer',
      scope: `${botApp.resource}/access_as_user`,
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: token,
      ...(claims && { id_token: await this.#tokens.idToken(claims) }),
      client_info: Buffer.from(JSON.stringify({ uid: person.oid, utid: person.tenantId })).toString('base64url'),
    };
    return { status: 200, body, note: { person: person.key } };
  }

  #refusalOf(clientId: string, tenant: string | undefined, scope: string): EntraRefusal | undefined {
    if (tenant !== tenantId) return 'unknownTenant';
    if (clientId !== botApp.appId && !this.publicClients.has(clientId)) return 'unknownApp';
    // A resource is named by its URI or by its app's id ('Scopes and permissions in the Microsoft identity platform').
    const own = [`${botApp.resource}/access_as_user`, `${botApp.appId}/access_as_user`];
    return scope.split(' ').some((each) => own.includes(each)) ? undefined : 'badScope';
  }
}
