import assert from 'node:assert/strict';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { before, beforeEach, describe, it } from 'mocha';
import { generate } from 'selfsigned';
import { botApp } from './app.ts';
import { BotCredentials, exchangeAudience, proofKind } from './bot-credentials.ts';
import { EntraTokens } from './entra-tokens.ts';
import { tenantId } from './people.ts';

const authority = 'https://127.0.0.1:1';
const endpoint = `${authority}/${tenantId}/oauth2/v2.0/token`;
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface Pair {
  readonly private: string;
  readonly cert: string;
}

async function pairFor(days: number): Promise<Pair> {
  const day = 86_400_000;
  return await generate([{ name: 'commonName', value: 'bot' }], {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 3 * day),
    notAfterDate: new Date(Date.now() + days * day),
  });
}

describe("the sandbox's judgement of the bot's own proof", () => {
  let credentials: BotCredentials;
  let pair: Pair;
  let other: Pair;
  let ended: Pair;

  before(async () => {
    [pair, other, ended] = await Promise.all([pairFor(1), pairFor(1), pairFor(-1)]);
  });
  beforeEach(() => {
    credentials = new BotCredentials(authority);
    credentials.addCertificate(pair.cert);
    credentials.addCertificate(ended.cert);
  });

  const refusalOf = (form: Readonly<Record<string, string>>) => credentials.refusalOf(new URLSearchParams(form));
  const refusalOfAssertion = (assertion: string) =>
    refusalOf({ client_assertion: assertion, client_assertion_type: type });

  /** A proof as MSAL makes it, but for the changes; signed by `signer`, in the name of `named`. */
  async function proof(changes: JWTPayload = {}, signer = pair, named = signer): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { aud: endpoint, iss: botApp.appId, sub: botApp.appId, nbf: now, exp: now + 600, jti: 'once' };
    const thumbprint = createHash('sha256').update(new X509Certificate(named.cert).raw).digest('base64url');
    return await new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'PS256', 'x5t#S256': thumbprint })
      .sign(createPrivateKey(signer.private));
  }

  it('takes a secret that is registered and has not ended, and wants any proof at all', async () => {
    assert.equal(await refusalOf({ client_secret: botApp.secret }), undefined);
    assert.equal(await refusalOf({ client_secret: 'another' }), 'wrongSecret');
    credentials.expiredSecrets.add(botApp.secret);
    assert.equal(await refusalOf({ client_secret: botApp.secret }), 'expiredSecret');
    assert.equal(await refusalOf({}), 'noProof');
    assert.equal(await refusalOf({ client_assertion: await proof() }), 'noProof');
  });

  it('takes a proof of a registered certificate, and no longer when that is removed', async () => {
    assert.equal(await refusalOfAssertion(await proof()), undefined);
    credentials.removeCertificate(pair.cert);
    assert.equal(await refusalOfAssertion(await proof()), 'unknownCertificate');
  });

  it('refuses a certificate that nobody registered, or that has ended', async () => {
    assert.equal(await refusalOfAssertion(await proof({}, other)), 'unknownCertificate');
    assert.equal(await refusalOfAssertion(await proof({}, ended)), 'unknownCertificate');
  });

  it('refuses a proof that somebody else signed, that is for somebody else, or out of its time', async () => {
    const now = Math.floor(Date.now() / 1000);
    const bad: readonly JWTPayload[] = [
      { aud: `${authority}/other/oauth2/v2.0/token` },
      { iss: 'another-app' },
      { sub: 'another-app' },
      { exp: now - 10 },
      { nbf: now + 60 },
    ];
    for (const changes of bad) {
      assert.equal(await refusalOfAssertion(await proof(changes)), 'badProof', JSON.stringify(changes));
    }
    assert.equal(await refusalOfAssertion(await proof({}, other, pair)), 'badProof');
  });

  it('takes a managed identity that the app trusts, for the exchange alone', async () => {
    const tokens = new EntraTokens(authority);
    const { token } = await tokens.managedIdentity('identity', exchangeAudience);
    assert.equal(await refusalOfAssertion(token), 'untrustedIdentity');
    const issuer = `${authority}/${tenantId}/v2.0`;
    credentials.federated.push({ issuer, subject: 'identity', audience: exchangeAudience });
    assert.equal(await refusalOfAssertion(token), undefined);
    const others = [
      (await tokens.managedIdentity('another', exchangeAudience)).token,
      (await tokens.managedIdentity('identity', 'https://management.azure.com/')).token,
      `${token.slice(0, -4)}AAAA`,
      'no-token',
    ];
    for (const each of others) assert.equal(await refusalOfAssertion(each), 'untrustedIdentity');
  });

  it('names the kind of proof', async () => {
    const kindOf = (form: Readonly<Record<string, string>>) => proofKind(new URLSearchParams(form));
    const { token } = await new EntraTokens(authority).managedIdentity('identity', exchangeAudience);
    const forms = [{ client_secret: 's' }, { client_assertion: await proof() }, { client_assertion: token }, {}];
    assert.deepEqual(forms.map(kindOf), ['secret', 'certificate', 'identity', 'none']);
  });
});
