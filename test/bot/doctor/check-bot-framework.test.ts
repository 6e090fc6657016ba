import type { Site } from '../../../bot/doctor/site.ts';
import { botApp, defenderResource } from '../../sandbox/app.ts';
import type { Operation } from '../../sandbox/operations.ts';
import type { OAuthConnection } from '../../sandbox/token-service.ts';
import { assertFound, Clinic } from './clinic.ts';

const anotherGuid = '00000000-0000-4000-8000-0000000000ff';

describe('the doctor, of the Bot Framework', function () {
  this.timeout(60_000);
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  const answer = (operation: Operation, status: number, body: string | object = {}) =>
    clinic.sandbox.faults.inject(
      operation,
      { kind: 'answer', status, body: JSON.parse(JSON.stringify(body)) },
      { times: 9 },
    );
  async function withConnection(changes: Partial<OAuthConnection>, look: () => Promise<void>): Promise<void> {
    const { connection } = clinic.sandbox.tokenService;
    const before = { ...connection };
    Object.assign(connection, changes);
    try {
      await look();
    } finally {
      Object.assign(connection, before);
    }
  }

  it('finds keys, connection and scope in order', async () => {
    assertFound(await clinic.look('bot-framework-keys'), 'ok', /api\.botframework\.com were read/);
    assertFound(await clinic.look('oauth-connection'), 'ok', /defender-sso is there/);
    assertFound(await clinic.look('oauth-scope'), 'ok', /access_as_user/);
  });

  it('says why the keys cannot be read', async () => {
    const { botFramework } = clinic.sandbox.hosts;
    await botFramework.down();
    assertFound(await clinic.look('bot-framework-keys'), 'failed', /ECONNREFUSED/);
    await botFramework.up();
    clinic.sandbox.faults.inject('botFramework.keys', { kind: 'reset' });
    assertFound(await clinic.look('bot-framework-keys'), 'failed', /could not be reached/);
  });

  it('says that the keys are of somebody whom the bot does not believe', async () => {
    const env = { ToBotFromChannelTokenIssuer: 'https://api.botframework.us' };
    assertFound(
      await clinic.look('bot-framework-keys', { env }),
      'failed',
      /api\.botframework\.us only.*DEFENDER_CLOUD/s,
    );
    answer('botFramework.openId', 200, '<html></html>');
    assertFound(await clinic.look('bot-framework-keys'), 'failed', /is no OpenID configuration/);
  });

  it('says that there is no such connection, and which there are', async () => {
    const env = { OAUTH_CONNECTION_NAME: 'other' };
    assertFound(await clinic.look('oauth-connection', { env }), 'failed', /called other; it has defender-sso/);
    answer('tokenService.getTokenStatus', 200, []);
    assertFound(
      await clinic.look('oauth-connection', { env }),
      'failed',
      /no sign-in at other \(404\).*OAuth Connection/s,
    );
  });

  it('believes the list of connections where a sign-in begins at any name', async () => {
    answer('tokenService.getTokenStatus', 200, [{ channelId: 'msteams', connectionName: 'another', hasToken: false }]);
    assertFound(await clinic.look('oauth-connection'), 'failed', /called defender-sso; it has another/);
  });

  it('takes a list that does not come, or is empty, for no fault', async () => {
    for (const [code, body] of [
      [404, {}],
      [200, []],
      [200, { none: true }],
    ] as const) {
      answer('tokenService.getTokenStatus', code, body);
      assertFound(await clinic.look('oauth-connection'), 'ok', /defender-sso is there/);
      clinic.sandbox.faults.clear();
    }
  });

  it('says that the token exchange URL is missing, or another app’s', async () => {
    await withConnection({ tokenExchangeUrl: undefined }, async () =>
      assertFound(
        await clinic.look('oauth-connection'),
        'failed',
        /no token exchange URL.*api:\/\/<host of the bot>\/botid-b07b/s,
      ),
    );
    await withConnection({ tokenExchangeUrl: 'api://other' }, async () =>
      assertFound(await clinic.look('oauth-connection'), 'failed', /is api:\/\/other, which is not this app’s/),
    );
  });

  it('warns of a token exchange URL with another host than the bot’s', async () => {
    const env = { BOT_DOMAIN: 'Bot.contoso.example' };
    const ours = (host: string) => `api://${host}/botid-${botApp.appId}`;
    await withConnection({ tokenExchangeUrl: ours('bot.contoso.example') }, async () =>
      assertFound(await clinic.look('oauth-connection', { env }), 'ok', /defender-sso is there/),
    );
    await withConnection({ tokenExchangeUrl: ours('old.contoso.example') }, async () => {
      assertFound(await clinic.look('oauth-connection', { env }), 'warning', /not signed in silently.*bot\.contoso/s);
      assertFound(await clinic.look('oauth-connection'), 'ok', /old\.contoso/);
    });
  });

  it('says that the Token Service does not know the bot, refuses, or is another', async () => {
    answer('tokenService.getSignInResource', 401);
    assertFound(await clinic.look('oauth-connection'), 'failed', /does not know this bot \(401\).*Microsoft App ID/s);
    clinic.sandbox.faults.clear();
    answer('tokenService.getSignInResource', 400);
    assertFound(await clinic.look('oauth-connection'), 'failed', /begins no sign-in at defender-sso \(400\)/);
    clinic.sandbox.faults.clear();
    answer('tokenService.getSignInResource', 200, { signInLink: 'nowhere' });
    assertFound(await clinic.look('oauth-connection'), 'failed', /not as the Token Service does.*OAuthUrl/s);
  });

  it('says that the Token Service cannot be reached', async () => {
    // As the SDK throws it, after seconds in which it has tried again.
    const error = Object.assign(new Error('connect'), { name: 'RestError', code: 'ECONNREFUSED' });
    const site = (each: Site) => ({ ...each, begunSignIn: () => Promise.reject(error) });
    assertFound(await clinic.look('oauth-connection', { site }), 'failed', /could not be reached \(ECONNREFUSED\)/);
  });

  it('says that the connection asks for another scope than the bot’s, or signs in to another app', async () => {
    for (const scopes of [
      `${defenderResource}/.default`,
      `${botApp.resource}/access_as_user ${defenderResource}/x`,
      'openid',
    ]) {
      await withConnection({ scopes }, async () =>
        assertFound(await clinic.look('oauth-scope'), 'failed', /cannot be exchanged.*nothing of Defender/s),
      );
    }
    await withConnection({ clientId: anotherGuid }, async () =>
      assertFound(await clinic.look('oauth-scope'), 'failed', /to another app \(00000000-.*Client id/s),
    );
  });

  it('takes the scopes of OpenID Connect beside it', async () => {
    for (const resource of [botApp.appId, `api://bot.contoso.example/botid-${botApp.appId}`]) {
      await withConnection({ scopes: `openid offline_access ${resource}/access_as_user` }, async () =>
        assertFound(await clinic.look('oauth-scope'), 'ok', /access_as_user/),
      );
    }
  });

  it('cannot tell the scope where the link does not lead to Entra at once, and says how to compare it', async () => {
    clinic.sandbox.tokenService.linkRedirects = false;
    assertFound(await clinic.look('oauth-scope'), 'notChecked', /Test Connection, and compare Scopes/);
    clinic.sandbox.tokenService.linkRedirects = true;
  });

  it('says that the sign-in page cannot be reached', async () => {
    clinic.sandbox.faults.inject('tokenService.signInPage', { kind: 'reset' });
    assertFound(await clinic.look('oauth-scope'), 'failed', /could not be reached/);
  });
});
