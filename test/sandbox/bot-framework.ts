import type { Express } from 'express';
import { SignJWT, UnsecuredJWT } from 'jose';
import { botApp } from './app.ts';
import { type Signer, signingKeys } from './keys.ts';
import type { Wire } from './wire.ts';

/** What a test may forge about the token that signs an activity. Times are seconds from now. */
export interface Forgery {
  readonly signer?: Signer;
  readonly keyId?: string;
  readonly algorithm?: 'none';
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  readonly expiresIn?: number;
  readonly notBefore?: number;
  /** The whole header; null: no header at all. */
  readonly authorization?: string | null;
}

/** The Bot Framework's identity: openid metadata, keys with endorsements, and the signer of activities. */
export class BotFramework {
  readonly url: string;
  /** The issuer of tokens from the channel to the bot ('Bot Connector authentication', Microsoft's page). */
  readonly issuer: string;

  constructor(url: string, issuer: string) {
    this.url = url;
    this.issuer = issuer;
  }

  /** For `ToBotFromChannelOpenIdMetadataUrl`. */
  get openIdUrl(): string {
    return `${this.url}/v1/.well-known/openidconfiguration`;
  }

  mount(wire: Wire, app: Express): void {
    wire.route(app, 'get', '/v1/.well-known/openidconfiguration', {
      operation: 'botFramework.openId',
      handle: () => ({
        status: 200,
        body: {
          issuer: this.issuer,
          authorization_endpoint: 'https://invalid.botframework.com',
          jwks_uri: `${this.url}/v1/.well-known/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['private_key_jwt'],
        },
      }),
    });
    wire.route(app, 'get', '/v1/.well-known/keys', {
      operation: 'botFramework.keys',
      handle: async () => {
        const { teams, otherChannel } = await signingKeys();
        const keys = [
          { ...teams.jwk, endorsements: ['msteams'] },
          { ...otherChannel.jwk, endorsements: ['webchat'] },
        ];
        return { status: 200, body: { keys } };
      },
    });
    wire.route(app, 'all', '/*rest', { operation: 'botFramework.unknown', handle: () => ({ status: 404, body: {} }) });
  }

  /**
   * The `Authorization` header with which Teams delivers an activity that names this service URL; undefined if the
   * forgery says that it is missing. Claims as on 'Bot Connector authentication', Microsoft's page: iss, aud, serviceurl.
   */
  async authorization(serviceUrl: string, forgery: Forgery = {}): Promise<string | undefined> {
    if (forgery.authorization !== undefined) return forgery.authorization ?? undefined;
    const now = Math.floor(Date.now() / 1000);
    const claims = { serviceurl: forgery.serviceUrl ?? serviceUrl };
    const issuer = forgery.issuer ?? this.issuer;
    const audience = forgery.audience ?? botApp.appId;
    const notBefore = now + (forgery.notBefore ?? 0);
    const expires = now + (forgery.expiresIn ?? 3600);
    const unsigned = forgery.algorithm === 'none' ? new UnsecuredJWT(claims) : new SignJWT(claims);
    unsigned
      .setIssuer(issuer)
      .setAudience(audience)
      .setNotBefore(notBefore)
      .setExpirationTime(expires)
      .setIssuedAt(now);
    if (unsigned instanceof UnsecuredJWT) return `Bearer ${unsigned.encode()}`;
    const key = (await signingKeys())[forgery.signer ?? 'teams'];
    unsigned.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: forgery.keyId ?? key.kid, x5t: key.kid });
    return `Bearer ${await unsigned.sign(key.privateKey)}`;
  }
}
