import assert from 'node:assert/strict';
import { PasswordServiceClientCredentialFactory } from 'botframework-connector';
import { SignJWT } from 'jose';
import { readConfig } from '../../../bot/config.ts';
import { NotAdmittedError } from '../../../bot/not-admitted.ts';
import { botIdentity, StrictAuthentication } from '../../../bot/teams/authentication.ts';
import type { SigningKeys } from '../../../bot/teams/signing-keys.ts';
import { signingKeys } from '../../sandbox/keys.ts';
import { keptLog } from '../../src/adapters/defender/wire-server.ts';
import { anActivity, asActivity } from './activities.ts';

const appId = 'b07b07b0-1111-4111-8111-000000000001';
const tenant = 'c0ffee00-1111-4111-8111-000000000001';
const { serviceUrl } = anActivity();

describe('the authentication of activities', () => {
  let authentication: StrictAuthentication;
  /** How often a signature was checked. */
  let checked: number;
  let endorsements: readonly string[];

  beforeEach(async () => {
    const { teams } = await signingKeys();
    checked = 0;
    endorsements = ['msteams'];
    const keys: SigningKeys = {
      keyFor: async () => {
        checked++;
        return teams.publicKey;
      },
      endorsements: () => endorsements,
      load: () => Promise.resolve(),
    };
    const reading = readConfig({
      MicrosoftAppId: appId,
      MicrosoftAppTenantId: tenant,
      MicrosoftAppPassword: 'a secret',
    });
    assert.ok(reading.ok);
    const credentials = new PasswordServiceClientCredentialFactory(appId, 'a secret', tenant);
    authentication = new StrictAuthentication(reading.config, credentials, keys, keptLog());
  });

  async function bearer(claims: Readonly<Record<string, string>> = {}): Promise<string> {
    const { teams } = await signingKeys();
    const token = await new SignJWT({ serviceurl: serviceUrl, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'teams-1' })
      .setIssuer('https://api.botframework.com')
      .setAudience(appId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(teams.privateKey);
    return `Bearer ${token}`;
  }

  const activity = (changes: object = {}) => asActivity({ ...anActivity(), ...changes });
  const refused = (status: number) => (error: unknown) => error instanceof NotAdmittedError && error.status === status;

  it('checks the signature of a token once, however many activities come under it', async () => {
    const header = await bearer();
    for (let i = 0; i < 3; i++) await authentication.authenticateRequest(activity(), header);
    assert.equal(checked, 1);
    await authentication.authenticateRequest(activity(), await bearer({ jti: 'another' }));
    assert.equal(checked, 2);
  });

  it('asks of each activity under a known token whether it is from Teams, and from the token’s service URL', async () => {
    const header = await bearer();
    await authentication.authenticateRequest(activity(), header);
    const forged = { serviceUrl: 'https://smba.trafficmanager.net/amer/' };
    await assert.rejects(authentication.authenticateRequest(activity(forged), header), refused(403));
    await assert.rejects(authentication.authenticateRequest(activity({ channelId: 'skype' }), header), refused(403));
    const stranger = { serviceUrl: 'https://elsewhere.example/' };
    await assert.rejects(authentication.authenticateRequest(activity(stranger), header), refused(403));
  });

  it('does not admit by a known token whose key is not endorsed for Teams any more', async () => {
    const header = await bearer();
    await authentication.authenticateRequest(activity(), header);
    endorsements = [];
    await assert.rejects(authentication.authenticateRequest(activity(), header), refused(403));
  });

  it('does not take a token with one letter changed for the one that it knows', async () => {
    const header = await bearer();
    await authentication.authenticateRequest(activity(), header);
    const at = header.lastIndexOf('.') + 10;
    const changed = header.slice(0, at) + (header[at] === 'A' ? 'B' : 'A') + header.slice(at + 1);
    await assert.rejects(authentication.authenticateRequest(activity(), changed), refused(401));
  });

  it('keeps one connector client for each service URL, and one client of the Token Service', async () => {
    const { connectorFactory } = await authentication.authenticateRequest(activity(), await bearer());
    assert.ok(connectorFactory);
    const client = await connectorFactory.create(serviceUrl, 'https://api.botframework.com');
    const another = { jti: 'another' };
    const next = await authentication.authenticateRequest(activity(), await bearer(another));
    assert.equal(await next.connectorFactory?.create(serviceUrl, 'https://api.botframework.com'), client);
    const elsewhere = await connectorFactory.create('https://smba.trafficmanager.net/amer/');
    assert.notEqual(elsewhere, client);
    assert.notEqual(await authentication.createConnectorFactory().create(serviceUrl), client, 'one that repeats');
    const identity = botIdentity(appId);
    assert.equal(
      await authentication.createUserTokenClient(identity),
      await authentication.createUserTokenClient(identity),
    );
  });
});
