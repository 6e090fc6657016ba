import { randomBytes, randomUUID } from 'node:crypto';
import type { Express } from 'express';
import { z } from 'zod';
import { botApp } from './app.ts';
import { connectorError } from './connector-answers.ts';
import type { AssertionChanges, EntraTokens } from './entra-tokens.ts';
import type { Journal } from './journal.ts';
import { type Person, people, tenantId } from './people.ts';
import { ownSlot, type Session, type Slot, slotOf, TokenSessions } from './token-sessions.ts';
import { bearerOf, type Wire, type WireAnswer, type WireRequest } from './wire.ts';

/** What `UserTokenClient.createTokenExchangeState` packs into `state` (botframework-connector 4.23.3, read in source). */
const stateShape = z.object({
  connectionName: z.string(),
  msAppId: z.string(),
  conversation: z.object({ user: z.object({ id: z.string() }), channelId: z.string() }),
});
const exchangeShape = z.object({ token: z.string().nullish(), uri: z.string().nullish() });

/** How the OAuth connection on the Azure Bot is set up, as far as somebody without a sign-in can see it. */
export interface OAuthConnection {
  /** 'Token Exchange URL'; undefined: left empty. */
  tokenExchangeUrl: string | undefined;
  /** The app that people sign in to. */
  clientId: string;
  scopes: string;
}

/** How a sign-in ends: with a code that the client hands to the bot, or with the token stored at once. */
export type SignInEnd = 'code' | 'stored';

/** The Bot Framework Token Service, as `UserTokenClient` of botframework-connector 4.23.3 calls it (read in source). */
export class TokenService {
  readonly url: string;
  /** How a missing token is answered: 404 as documented, or 200 with `{}` (teams-platform.md, 'Sign-in'). */
  missingToken: '404' | 'empty' = '404';
  /** People whose SSO token the service cannot exchange, because they or their tenant have not consented to our app. */
  readonly exchangeRefused = new Set<Person>();
  readonly connection: OAuthConnection = {
    tokenExchangeUrl: botApp.resource,
    clientId: botApp.appId,
    scopes: `${botApp.resource}/access_as_user`,
  };
  /** Whether the sign-in link leads on to Entra's page at once. Assumed, because browsers end there; documented nowhere. */
  linkRedirects = true;
  /** Changes to every assertion issued from now on, for tests of short life or of a wrong person. */
  assertionChanges: AssertionChanges = {};
  readonly #tokens: EntraTokens;
  readonly #journal: Journal;
  readonly #sessions: TokenSessions;
  readonly #links = new Map<string, Slot>();

  constructor(url: string, tokens: EntraTokens, journal: Journal) {
    this.url = url;
    this.#tokens = tokens;
    this.#journal = journal;
    this.#sessions = new TokenSessions(tokens);
  }

  mount(wire: Wire, app: Express): void {
    const slotted = (handle: (slot: Slot, request: WireRequest) => WireAnswer | Promise<WireAnswer>) => ({
      describe: ({ query }: WireRequest) => ({
        userId: query.get('userId'),
        connectionName: query.get('connectionName'),
      }),
      handle: (request: WireRequest) => this.#authorized(request, () => handle(slotOf(request.query), request)),
    });
    wire.route(app, 'get', '/api/usertoken/GetToken', {
      operation: 'tokenService.getToken',
      ...slotted((slot, request) => this.#getToken(slot, request)),
    });
    wire.route(app, 'post', '/api/usertoken/exchange', {
      operation: 'tokenService.exchange',
      ...slotted((slot, request) => this.#exchange(slot, request)),
    });
    wire.route(app, 'delete', '/api/usertoken/SignOut', {
      operation: 'tokenService.signOut',
      ...slotted((slot) => this.#signOut(slot)),
    });
    wire.route(app, 'get', '/api/usertoken/GetTokenStatus', {
      operation: 'tokenService.getTokenStatus',
      ...slotted((slot) => this.#status(slot)),
    });
    wire.route(app, 'get', '/api/botsignin/GetSignInResource', {
      operation: 'tokenService.getSignInResource',
      handle: (request) => this.#authorized(request, () => this.#signInResource(request)),
    });
    wire.route(app, 'get', '/api/oauth/signin', {
      operation: 'tokenService.signInPage',
      handle: (request) => this.#signInPage(request),
    });
    wire.route(app, 'all', '/*rest', {
      operation: 'tokenService.unknown',
      handle: () => connectorError(404, 'NotFound', 'No such path'),
    });
  }

  /**
   * A person opens a sign-in link and completes it. The token is that person's, while the slot is that of the user for
   * whom the bot asked for the link: the real service does not compare them either, so the bot has to.
   * Returns the code to hand over, or undefined if the token was stored at once. Throws if the link is unknown.
   */
  async completeSignIn(link: string, person: Person, end: SignInEnd = 'code'): Promise<string | undefined> {
    const signIn = this.#links.get(new URL(link).searchParams.get('signin') ?? '');
    if (!signIn) throw new Error(`No sign-in belongs to the link ${link}`);
    const changes: AssertionChanges = { methods: ['pwd', 'mfa'], ...this.assertionChanges };
    const session = await this.#sessions.begin(person, changes);
    this.#journal.add('tokenService.signIn.completed', { userId: signIn.userId, person: person.key, end });
    if (end === 'code') return this.#sessions.keepForCode(signIn, session);
    this.#sessions.keep(signIn, session);
    return undefined;
  }

  /** Gives a person a token in advance, as if they had signed in before. */
  async signIn(person: Person, changes: AssertionChanges = {}): Promise<void> {
    const session = await this.#sessions.begin(person, { ...this.assertionChanges, ...changes });
    this.#sessions.keep(ownSlot(person), session);
  }

  /** The service loses a person's token: consent withdrawn, password changed, sessions revoked. */
  forget(person: Person): void {
    this.#sessions.drop(ownSlot(person));
  }

  /** True if the service holds a token for this person. */
  holdsTokenOf(person: Person): boolean {
    return this.#sessions.has(ownSlot(person));
  }

  async #authorized(request: WireRequest, handle: () => WireAnswer | Promise<WireAnswer>): Promise<WireAnswer> {
    const isBot = await this.#tokens.isBotToken(bearerOf(request));
    return isBot ? handle() : connectorError(401, 'Unauthorized', 'The bot is not authorized.');
  }

  async #getToken(slot: Slot, { query }: WireRequest): Promise<WireAnswer> {
    if (slot.connectionName !== botApp.connectionName)
      return connectorError(404, 'NotFound', 'Connection setting not found.');
    // The SDK's types want a code, so callers without one send an empty text.
    const code = query.get('code') ?? '';
    const session = code === '' ? await this.#sessions.current(slot) : this.#sessions.redeem(slot, code);
    if (!session) return this.missingToken === 'empty' ? { status: 200, body: {} } : { status: 404, body: {} };
    return tokenAnswer(slot, session);
  }

  async #exchange(slot: Slot, request: WireRequest): Promise<WireAnswer> {
    const body = exchangeShape.safeParse(request.json);
    const claims = body.success && body.data.token ? await this.#tokens.verified(body.data.token) : undefined;
    const isForUs = claims?.aud === botApp.resource || claims?.aud === botApp.appId;
    if (!isForUs || claims?.tid !== tenantId)
      return connectorError(400, 'BadArgument', 'The token cannot be exchanged.');
    const person = people.find(({ oid }) => oid === claims.oid);
    if (!person || this.exchangeRefused.has(person))
      return connectorError(400, 'ServiceError', 'AADSTS65001: not consented.');
    const session = await this.#sessions.begin(person, this.assertionChanges);
    this.#sessions.keep(slot, session);
    return tokenAnswer(slot, session);
  }

  #signOut(slot: Slot): WireAnswer {
    this.#sessions.drop(slot);
    return { status: 204 };
  }

  #status(slot: Slot): WireAnswer {
    const { connectionName } = botApp;
    const hasToken = this.#sessions.has({ ...slot, connectionName });
    const { channelId } = slot;
    return {
      status: 200,
      body: [{ channelId, connectionName, hasToken, serviceProviderDisplayName: 'Azure Active Directory v2' }],
    };
  }

  #signInResource({ query }: WireRequest): WireAnswer {
    const state = stateShape.safeParse(decoded(query.get('state') ?? ''));
    if (!state.success || state.data.msAppId !== botApp.appId)
      return connectorError(400, 'BadArgument', 'The state cannot be read.');
    if (state.data.connectionName !== botApp.connectionName)
      return connectorError(404, 'NotFound', 'Connection setting not found.');
    const { connectionName, conversation } = state.data;
    const id = randomBytes(16).toString('hex');
    this.#links.set(id, { userId: conversation.user.id, channelId: conversation.channelId, connectionName });
    const body = {
      signInLink: `${this.url}/api/oauth/signin?signin=${id}`,
      tokenExchangeResource: {
        id: randomUUID(),
        ...(this.connection.tokenExchangeUrl !== undefined && { uri: this.connection.tokenExchangeUrl }),
        providerId: '30dd229c-58e3-4a48-bdfd-91ec48eb906c',
      },
    };
    return { status: 200, body, note: { userId: conversation.user.id } };
  }

  #signInPage({ query }: WireRequest): WireAnswer {
    if (!this.#links.has(query.get('signin') ?? '')) return { status: 400, body: '<title>Bad Request</title>' };
    if (!this.linkRedirects) return { status: 200, body: '<title>Sign in</title>' };
    const { clientId, scopes } = this.connection;
    const page = new URL(`${this.#tokens.authority}/${tenantId}/oauth2/v2.0/authorize`);
    const { redirectUri } = botApp;
    const wanted = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: scopes,
      state: randomUUID(),
    };
    for (const [name, value] of Object.entries(wanted)) page.searchParams.set(name, value);
    return { status: 302, headers: { Location: page.href } };
  }
}

function tokenAnswer(slot: Slot, { issued, person }: Session): WireAnswer {
  const { channelId, connectionName } = slot;
  const expiration = new Date(issued.expiresAt * 1000).toISOString();
  return {
    status: 200,
    body: { channelId, connectionName, token: issued.token, expiration },
    note: { person: person.key },
  };
}

function decoded(state: string): unknown {
  try {
    return JSON.parse(Buffer.from(state, 'base64').toString('utf8'));
  } catch {
    // Not what UserTokenClient packs; the schema refuses it.
    return undefined;
  }
}
