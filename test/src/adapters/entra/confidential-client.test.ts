import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import type { ConfidentialClientApplication } from '@azure/msal-node';
import { importX509, jwtVerify } from 'jose';
import { generate } from 'selfsigned';
import sinon from 'sinon';
import { BadCertificate } from '../../../../src/adapters/entra/certificate.ts';
import { type BotCredential, createConfidentialClient } from '../../../../src/adapters/entra/confidential-client.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { json, keptLog, type WireServer, wireServer } from '../defender/wire-server.ts';
import { appId, type Form, jwt, type TokenEndpoint, tenant, tokenEndpoint } from './token-endpoint.ts';

const scopes = ['https://api.botframework.com/.default'];

const pemOf = (text: string) => new Secret('clientCertificate', text);

describe('createConfidentialClient', () => {
  let entra: TokenEndpoint;

  beforeEach(async () => {
    const token = { token_type: 'Bearer', expires_in: 3_600, access_token: 'bot-token' };
    entra = await tokenEndpoint((response) => json(response, 200, token));
  });
  afterEach(() => entra.close());

  function clientWith(credential: BotCredential): ConfidentialClientApplication {
    return createConfidentialClient({ appId, tenant, authorityHost: entra.url, credential, log: keptLog() });
  }

  /** The form by which the bot asks for its own token. */
  async function formOf(credential: BotCredential): Promise<Form> {
    const result = await clientWith(credential).acquireTokenByClientCredential({ scopes });
    assert.equal(result?.accessToken, 'bot-token');
    const [form] = entra.forms;
    assert.ok(form !== undefined);
    return form;
  }

  it('proves itself with a secret, at an authority that is not Microsoft’s', async () => {
    const form = await formOf({ kind: 'secret', secret: new Secret('clientSecret', 's3cret') });
    assert.deepEqual([form.client_id, form.client_secret], [appId, 's3cret']);
  });

  it('proves itself with a certificate: a signed assertion that names the SHA-256 thumbprint', async () => {
    const pair = await generate([{ name: 'commonName', value: 'bot' }], {
      keyType: 'rsa',
      keySize: 2048,
      algorithm: 'sha256',
    });
    const form = await formOf({ kind: 'certificate', pem: pemOf(`${pair.private}\n${pair.cert}`) });
    assert.equal(form.client_secret, undefined);
    const assertion = form.client_assertion ?? '';
    const { payload, protectedHeader } = await jwtVerify(assertion, await importX509(pair.cert, 'PS256'), {
      // MSAL rounds its clock up.
      clockTolerance: 1,
    });
    assert.deepEqual([payload.iss, payload.sub], [appId, appId]);
    const thumbprint = createHash('sha256').update(new X509Certificate(pair.cert).raw).digest('base64url');
    assert.equal(protectedHeader['x5t#S256'], thumbprint);
  });

  it('refuses a certificate that it cannot use', () => {
    assert.throws(() => clientWith({ kind: 'certificate', pem: pemOf('no pem') }), BadCertificate);
  });

  describe('with a managed identity', () => {
    let endpoint: WireServer;

    afterEach(async () => {
      sinon.restore();
      await endpoint.close();
    });

    it('proves itself with the identity’s own token, made for that exchange', async () => {
      const identityToken = jwt({ sub: 'identity' });
      endpoint = await wireServer((response) => {
        const expires_on = Math.floor(Date.now() / 1_000) + 3_600;
        json(response, 200, { access_token: identityToken, expires_on, resource: 'r', token_type: 'Bearer' });
      });
      // As App Service tells it.
      const environment = { ...process.env, IDENTITY_ENDPOINT: `${endpoint.url}/msi/token`, IDENTITY_HEADER: 'header' };
      sinon.stub(process, 'env').value(environment);
      const form = await formOf({ kind: 'managedIdentity', clientId: '00000000-0000-4000-8000-0000000000cc' });
      assert.equal(form.client_assertion, identityToken);
      assert.equal(form.client_assertion_type, 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const asked = new URL(endpoint.heard[0]?.url ?? '', endpoint.url).searchParams;
      assert.equal(asked.get('resource'), 'api://AzureADTokenExchange');
      assert.equal(asked.get('client_id'), '00000000-0000-4000-8000-0000000000cc');
    });
  });
});
