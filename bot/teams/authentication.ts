/**
 * Who may speak to the bot. The SDK's own check answers 500 to a bad signature and lets an activity without a
 * service URL through to a default host (teams-platform, 'CloudAdapter traps'), so this one takes its place.
 */

import type { Activity } from 'botbuilder';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  ClaimsIdentity,
  type ConnectorFactory,
  type ServiceClientCredentialsFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { type JWTPayload, jwtVerify } from 'jose';
import type { Log } from '../../src/ports.ts';
import type { Config } from '../config.ts';
import { bearerOf, NotAdmittedError } from '../not-admitted.ts';
import { neitherRedirectsNorRepeats, noRedirects, SafeConnectorFactory, withoutRedirects } from './outbound.ts';
import { type SigningKeys, SigningKeysUnavailable } from './signing-keys.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Clocks of signer and bot may differ by this much; the Bot Framework documents five minutes. */
const clockToleranceSeconds = 300;
const teams = 'msteams';

/** The strict check of every inbound activity; clients towards the Bot Framework are made by the SDK. */
export class StrictAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #config: Config;
  readonly #keys: SigningKeys;
  readonly #log: Log;
  readonly #verified = new VerifiedTokens(clockToleranceSeconds, Date.now);
  readonly #forTurns: ConnectorFactory;
  readonly #forOurOwnPosts: ConnectorFactory;
  #userTokenClient: Promise<UserTokenClient> | undefined;

  constructor(config: Config, credentials: ServiceClientCredentialsFactory, keys: SigningKeys, log: Log) {
    super(sdkSettings(config), credentials);
    const factory = super.createConnectorFactory(botIdentity(config.appId));
    this.#forTurns = new SafeConnectorFactory(factory, noRedirects);
    this.#forOurOwnPosts = new SafeConnectorFactory(factory, neitherRedirectsNorRepeats);
    this.#config = config;
    this.#keys = keys;
    this.#log = log;
  }

  /** @throws NotAdmittedError for every activity that is not signed by Teams for this bot, from a host we may call back */
  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const { serviceUrl, channelId } = activity;
    const claims = await this.#verify(bearerOf(authHeader));
    if (channelId !== teams) throw new NotAdmittedError(403, 'the activity is not from Teams');
    if (!isAllowedServiceUrl(serviceUrl, this.#config.botFramework.serviceUrlHosts)) {
      this.#log.warn({ host: hostOf(serviceUrl) }, 'refused an activity whose service URL is not on the list');
      throw new NotAdmittedError(403, 'the service URL is not one that this bot may call');
    }
    if (claims.serviceurl !== serviceUrl) throw new NotAdmittedError(403, 'the token is for another service URL');
    const identity = new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value: String(value) })),
      true,
    );
    const audience = this.#config.botFramework.scope;
    return { audience, claimsIdentity: identity, connectorFactory: this.#forTurns };
  }

  /** For posts of our own accord; whoever is admitted speaks to this bot, so there is one identity to post under. */
  override createConnectorFactory(): ConnectorFactory {
    return this.#forOurOwnPosts;
  }

  /** One for all turns: it asks for the bot itself, and names the person in each call. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokenClient ??= this.#makeUserTokenClient(identity).catch((error: unknown) => {
      this.#userTokenClient = undefined;
      throw error;
    });
    return this.#userTokenClient;
  }

  async #makeUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    const client = await super.createUserTokenClient(identity);
    withoutRedirects(client);
    return client;
  }

  async #verify(token: string): Promise<JWTPayload> {
    const known = this.#verified.find(token);
    if (known !== undefined && this.#isEndorsed(known.kid)) return known.claims;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.#keys.keyFor, {
        issuer: this.#config.botFramework.tokenIssuer,
        audience: this.#config.appId,
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
      });
      const { kid = '' } = protectedHeader;
      if (!this.#isEndorsed(kid)) throw new NotAdmittedError(403, 'the signing key is not endorsed for Teams');
      this.#verified.keep(token, { claims: payload, kid });
      return payload;
    } catch (cause) {
      if (cause instanceof NotAdmittedError) throw cause;
      if (cause instanceof SigningKeysUnavailable) throw new NotAdmittedError(503, cause.message, { cause });
      throw new NotAdmittedError(401, 'the token is not one of the Bot Framework for this bot', { cause });
    }
  }

  /** Stricter than the SDK, which takes a key that names no channel for any channel. */
  #isEndorsed(kid: string): boolean {
    return this.#keys.endorsements(kid).includes(teams);
  }
}

/** The identity under which the bot itself speaks, outside of a turn. */
export function botIdentity(appId: string): ClaimsIdentity {
  return new ClaimsIdentity(
    [
      { type: AuthenticationConstants.AudienceClaim, value: appId },
      { type: AuthenticationConstants.AppIdClaim, value: appId },
    ],
    true,
  );
}

/** https only, exact hosts only: the bot's token goes there. */
function isAllowedServiceUrl(serviceUrl: string | undefined, hosts: readonly string[]): boolean {
  if (serviceUrl === undefined || !URL.canParse(serviceUrl)) return false;
  const { protocol, host, username, password } = new URL(serviceUrl);
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host);
}

function hostOf(serviceUrl: string | undefined): string | undefined {
  return serviceUrl !== undefined && URL.canParse(serviceUrl) ? new URL(serviceUrl).host : undefined;
}

/** Setting any one of these switches the SDK's defaults off, so all of them are set. */
function sdkSettings({ appId, tenant, authorityHost, botFramework }: Config) {
  return {
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenant,
    MicrosoftAppType: 'SingleTenant',
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: `${authorityHost}/${tenant}`,
    ToChannelFromBotOAuthScope: botFramework.scope,
    ToBotFromChannelTokenIssuer: botFramework.tokenIssuer,
    ToBotFromChannelOpenIdMetadataUrl: botFramework.openIdMetadata,
    ToBotFromEmulatorOpenIdMetadataUrl: botFramework.openIdMetadata,
    OAuthUrl: botFramework.tokenService,
    CallerId: '',
  };
}
