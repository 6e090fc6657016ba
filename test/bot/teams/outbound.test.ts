import assert from 'node:assert/strict';
import { ConnectorFactory, MsalServiceClientCredentialsFactory } from 'botframework-connector';
import { readConfig } from '../../../bot/config.ts';
import { TeamsAdapter } from '../../../bot/teams/adapter.ts';
import { botIdentity, StrictAuthentication } from '../../../bot/teams/authentication.ts';
import { withoutPolicies } from '../../../bot/teams/outbound.ts';
import { createSigningKeys } from '../../../bot/teams/signing-keys.ts';
import { createConfidentialClient } from '../../../src/adapters/entra/confidential-client.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { botApp } from '../../sandbox/app.ts';
import { certificates, trustInThisProcess } from '../../sandbox/certificates.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { type Answerer, json, keptLog, type WireServer, wireServer } from '../../src/adapters/defender/wire-server.ts';

describe('what the bot calls by the SDK', () => {
  let sandbox: Sandbox;
  let authentication: StrictAuthentication;
  let adapter: TeamsAdapter;
  /** Plays the connector and the Token Service; a test says how. */
  let host: WireServer;
  let elsewhere: WireServer;
  let answer: Answerer;

  before(async () => {
    await trustInThisProcess();
    sandbox = await startSandbox();
    const tls = await certificates();
    host = await wireServer((...call) => answer(...call), tls);
    elsewhere = await wireServer((response) => json(response, 200, { id: 'stolen', token: 'stolen' }), tls);
    const reading = readConfig({ ...sandbox.environment(), OAuthUrl: host.url });
    assert.ok(reading.ok);
    const log = keptLog();
    const { config } = reading;
    const entra = createConfidentialClient({
      ...config,
      log,
      credential: { kind: 'secret', secret: new Secret('clientSecret', botApp.secret) },
    });
    const keys = createSigningKeys(config.botFramework.openIdMetadata, () => performance.now());
    const credentials = new MsalServiceClientCredentialsFactory(botApp.appId, entra);
    authentication = new StrictAuthentication(config, credentials, keys, log);
    adapter = new TeamsAdapter(authentication, botApp.appId);
  });
  after(async () => {
    await host.close();
    await elsewhere.close();
    await sandbox.stop();
  });

  const post = () =>
    adapter.speak({ conversation: '19:soc@thread.tacv2', serviceUrl: `${host.url}/emea/` }, async (context) => {
      const posted = await context.sendActivity({ type: 'message', text: 'hello' });
      return posted?.id;
    });
  const redirect: Answerer = (response) => {
    response.writeHead(307, { location: `${elsewhere.url}/emea/` });
    response.end();
  };

  it('is the connector, with the bot’s own token', async () => {
    answer = (response) => json(response, 201, { id: '17' });
    assert.equal(await post(), '17');
    assert.match(host.heard.at(-1)?.headers.authorization ?? '', /^Bearer eyJ/);
  });

  it('follows no redirect with a post', async () => {
    answer = redirect;
    await assert.rejects(post());
    assert.equal(elsewhere.heard.length, 0);
  });

  it('follows no redirect with a person’s token', async () => {
    answer = redirect;
    const client = await authentication.createUserTokenClient(botIdentity(botApp.appId));
    await assert.rejects(client.exchangeToken('29:dana', 'defender-sso', 'msteams', { token: 'secret' }));
    assert.equal(elsewhere.heard.length, 0);
  });

  for (const status of [500, 502, 503]) {
    it(`does not repeat a post that was answered ${status}: it may stand there`, async () => {
      answer = (response) => json(response, status, {});
      const before = host.heard.length;
      await assert.rejects(post(), { statusCode: status });
      assert.equal(host.heard.length - before, 1);
    });
  }

  it('does not repeat a post whose answer was lost', async () => {
    answer = (response) => response.destroy();
    const before = host.heard.length;
    await assert.rejects(post());
    assert.equal(host.heard.length - before, 1);
  });

  it('notices when the SDK is built otherwise than we know it', () => {
    assert.throws(() => withoutPolicies({ client: { pipeline: {} } }, []));
    assert.throws(() => withoutPolicies({}, []));
    assert.ok(authentication.createConnectorFactory() instanceof ConnectorFactory);
  });
});
