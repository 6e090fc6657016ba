import type { Express } from 'express';
import { botApp } from './app.ts';
import { BotCredentials, proofKind } from './bot-credentials.ts';
import { DeviceCodes } from './device-codes.ts';
import { type AccessRefusal, type EntraRefusal, refusal } from './entra-errors.ts';
import type { EntraTokens, TokenClaims } from './entra-tokens.ts';
import type { JsonObject } from './json.ts';
import { signingKeys } from './keys.ts';
import type { Operation } from './operations.ts';
import { otherTenantId, type Person, tenantId } from './people.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

/** Defender's delegated permissions that matter here (defender-api.md, 'Calls'). */
export type DefenderScope = (typeof defenderScopes)[number];
const defenderScopes = ['Machine.CollectForensics', 'Machine.Read'] as const;

const oboGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** The page's name of the grant, and the one that Microsoft's own libraries send. */
const deviceGrants = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];
/** Microsoft Defender XDR exists in the tenant, too; Defender for Endpoint refuses its token. */
const defenderXdr = 'https://api.security.microsoft.com';

/** Microsoft Entra: discovery, keys and the v2.0 token endpoint, with the grants that the bot and its doctor use. */
export class Entra {
  readonly url: string;
  readonly tokens: EntraTokens;
  /** What is registered as our app's proof of itself. */
  readonly credentials: BotCredentials;
  /** What an administrator has consented to for our app; empty means no consent at all (AADSTS65001). */
  consented: readonly DefenderScope[] = ['Machine.CollectForensics', 'Machine.Read'];
  /**
   * Whether an answer to a request for `<resource>/.default` names that among the granted scopes. Observed in the token
   * caches of Microsoft's own tools, not documented; without it MSAL's cache never hits and every use exchanges anew.
   */
  defaultScopeInAnswer = true;
  /**
   * Application permissions that somebody has granted to our app, which it never asked for: a bot that used them would
   * act as nobody. Here they are, so that one which does is found out.
   */
  applicationRoles: readonly string[] = ['Machine.CollectForensics', 'Machine.Read.All'];
  /** People who sign in at a terminal. */
  readonly deviceCodes: DeviceCodes;
  /** Lifetime in seconds of the Defender tokens issued from now on. */
  defenderTokenLifetime = 3600;
  readonly #mfaDemanded = new Set<string>();
  readonly #blocked = new Map<string, AccessRefusal>();
  readonly #notConsented = new Set<string>();

  constructor(url: string, tokens: EntraTokens) {
    this.url = url;
    this.tokens = tokens;
    this.credentials = new BotCredentials(url);
    this.deviceCodes = new DeviceCodes(tokens);
  }

  /** From now on OBO for this person wants an assertion that was got with multi-factor sign-in (AADSTS50076). */
  demandMfa(person: Person): void {
    this.#mfaDemanded.add(person.oid);
  }

  /** From now on OBO is refused to this person in this way, whatever they sign in with; undefined lifts it. */
  block(person: Person, refused: AccessRefusal | undefined): void {
    if (refused === undefined) this.#blocked.delete(person.oid);
    else this.#blocked.set(person.oid, refused);
  }

  /** Takes the demand for multi-factor sign-in back. */
  forgoMfa(person: Person): void {
    this.#mfaDemanded.delete(person.oid);
  }

  /** This person has no consent, whatever the tenant has (AADSTS65001); `true` gives it back. */
  setPersonalConsent(person: Person, consented: boolean): void {
    if (consented) this.#notConsented.delete(person.oid);
    else this.#notConsented.add(person.oid);
  }

  mount(wire: Wire, app: Express): void {
    const openId = (request: WireRequest) => this.#openId(request);
    wire.route(app, 'get', '/:tenant/v2.0/.well-known/openid-configuration', {
      operation: 'entra.openId',
      handle: openId,
    });
    wire.route(app, 'get', '/:tenant/discovery/v2.0/keys', { operation: 'entra.keys', handle: keys });
    wire.route(app, 'get', '/common/discovery/instance', {
      operation: 'entra.discovery',
      handle: () => ({
        status: 200,
        body: {
          tenant_discovery_endpoint: `${this.url}/${tenantId}/v2.0/.well-known/openid-configuration`,
          metadata: [],
        },
      }),
    });
    wire.route(app, 'post', '/:tenant/oauth2/v2.0/token', {
      operation: tokenOperation,
      describe: ({ rawBody }) => ({ proof: proofKind(new URLSearchParams(rawBody)) }),
      handle: (request) => this.#token(request),
    });
    wire.route(app, 'post', '/:tenant/oauth2/v2.0/devicecode', {
      operation: 'entra.deviceCode',
      handle: (request) => this.deviceCodes.begin(request, `${this.url}/common/oauth2/deviceauth`),
    });
    wire.route(app, 'get', '/:tenant/v2.0/adminconsent', {
      operation: 'entra.adminConsent',
      handle: (request) => this.#adminConsent(request),
    });
    wire.route(app, 'all', '/*rest', {
      operation: 'entra.unknown',
      handle: () => ({ status: 404, body: '<html>404</html>' }),
    });
  }

  /** A tenant that is none has no metadata (AADSTS90002). */
  #openId({ params }: WireRequest): WireAnswer {
    if (![tenantId, otherTenantId, 'common', 'organizations'].includes(params.tenant ?? ''))
      return refusal('unknownTenant');
    const base = `${this.url}/${params.tenant}`;
    const body = {
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'token'],
      subject_types_supported: ['pairwise'],
    };
    return { status: 200, body };
  }

  /**
   * The administrator follows the link and says yes: 'Admin consent on the Microsoft identity platform'. Consent is
   * given to what `scope` names, and the browser goes on to the registered redirect URI.
   */
  #adminConsent({ params, query }: WireRequest): WireAnswer {
    if (params.tenant !== tenantId) return refusal('unknownTenant');
    if (query.get('client_id') !== botApp.appId) return refusal('unknownApp');
    const redirect = query.get('redirect_uri') ?? '';
    if (redirect !== botApp.redirectUri) return refusal('badRedirect');
    const scopes = (query.get('scope') ?? '').split(' ');
    const names = defenderScopes.filter((name) => scopes.includes(`${this.tokens.resources.defender}/${name}`));
    if (names.length !== scopes.length) return refusal('badScope');
    this.consented = names;
    const location = `${redirect}?admin_consent=True&tenant=${tenantId}&scope=${encodeURIComponent(scopes.join(' '))}`;
    return { status: 302, headers: { Location: location }, note: { scopes: names } };
  }

  async #token(request: WireRequest): Promise<WireAnswer> {
    const form = new URLSearchParams(request.rawBody);
    if (request.params.tenant !== tenantId) return refusal('unknownTenant');
    if (tokenOperation(request) === 'entra.deviceToken') return this.deviceCodes.redeem(form);
    if (form.get('client_id') !== botApp.appId) return refusal('unknownApp');
    const unproven = await this.credentials.refusalOf(form);
    if (unproven !== undefined) return refusal(unproven);
    const scopes = (form.get('scope') ?? '').split(' ');
    const resources = new Set(scopes.filter((scope) => scope.includes('/')).map(resourceOf));
    const [resource] = resources;
    if (resource === undefined || resources.size > 1) return refusal('badScope');
    switch (tokenOperation(request)) {
      case 'entra.clientCredentials':
        return this.#clientCredentials(resource, scopes);
      case 'entra.obo':
        return this.#onBehalfOf(form, resource);
      default:
        return refusal('badGrant');
    }
  }

  /** Client credentials take `/.default` only ('OAuth 2.0 client credentials flow', Microsoft's page). */
  async #clientCredentials(resource: string, scopes: readonly string[]): Promise<WireAnswer> {
    if (!scopes.includes(`${resource}/.default`)) return refusal('badScope');
    const { botFramework, defender } = this.tokens.resources;
    if (![botFramework, defender, defenderXdr].includes(resource)) return refusal('unknownResource');
    const roles = resource === defender ? this.applicationRoles : [];
    const { token } = await this.tokens.application(resource, tenantId, roles);
    const body = { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token };
    return { status: 200, body, note: { resource } };
  }

  /** 'OAuth 2.0 On-Behalf-Of flow', Microsoft's page. */
  async #onBehalfOf(form: URLSearchParams, resource: string): Promise<WireAnswer> {
    if (form.get('requested_token_use') !== 'on_behalf_of') return refusal('badGrant');
    const assertion = await this.tokens.verified(form.get('assertion') ?? '');
    const refused = this.#refusalOf(assertion, resource);
    const note = { resource, ...(assertion && { oid: assertion.oid, upn: assertion.preferred_username }) };
    if (refused || !assertion) {
      const answer = refusal(refused ?? 'badAssertion');
      return { ...answer, note: { ...note, ...answer.note } };
    }
    const granted = resource === this.tokens.resources.defender ? this.consented : [];
    const { token, expiresAt } = await this.tokens.onBehalfOf(assertion, resource, granted, this.defenderTokenLifetime);
    const lifetime = expiresAt - Math.floor(Date.now() / 1000);
    const body: JsonObject = {
      token_type: 'Bearer',
      scope: [...granted, ...(this.defaultScopeInAnswer ? ['.default'] : [])]
        .map((scope) => `${resource}/${scope}`)
        .join(' '),
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: token,
      refresh_token: 'sandbox-refresh-token',
      id_token: await this.tokens.idToken(assertion),
      client_info: Buffer.from(JSON.stringify({ uid: assertion.oid, utid: assertion.tid })).toString('base64url'),
    };
    return { status: 200, body, note: { ...note, scopes: granted } };
  }

  #refusalOf(assertion: TokenClaims | undefined, resource: string): EntraRefusal | undefined {
    if (!assertion) return 'badAssertion';
    if (assertion.aud !== botApp.appId && assertion.aud !== botApp.resource) return 'wrongAudience';
    if (assertion.tid !== tenantId || assertion.oid === undefined) return 'otherTenant';
    if (![this.tokens.resources.defender, defenderXdr].includes(resource)) return 'unknownResource';
    if (this.consented.length === 0 || this.#notConsented.has(assertion.oid)) return 'consentRequired';
    if (this.#mfaDemanded.has(assertion.oid) && !assertion.amr?.includes('mfa')) return 'mfaRequired';
    return this.#blocked.get(assertion.oid);
  }
}

function tokenOperation(request: WireRequest): Extract<Operation, `entra.${string}`> {
  const grant = new URLSearchParams(request.rawBody).get('grant_type');
  if (grant === 'client_credentials') return 'entra.clientCredentials';
  if (grant !== null && deviceGrants.includes(grant)) return 'entra.deviceToken';
  return grant === oboGrant ? 'entra.obo' : 'entra.badGrant';
}

function resourceOf(scope: string): string {
  return scope.slice(0, scope.lastIndexOf('/'));
}

async function keys(): Promise<WireAnswer> {
  const { entra } = await signingKeys();
  return { status: 200, body: { keys: [entra.jwk] } };
}
