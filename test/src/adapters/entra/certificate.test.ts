import assert from 'node:assert/strict';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { BadCertificate, readClientCertificate } from '../../../../src/adapters/entra/certificate.ts';

const rsa = () =>
  generate([{ name: 'commonName', value: 'bot' }], { keyType: 'rsa', keySize: 2048, algorithm: 'sha256' });

describe('readClientCertificate', () => {
  let key: string;
  let cert: string;
  let otherKey: string;

  before(async () => {
    ({ private: key, cert } = await rsa());
    ({ private: otherKey } = await rsa());
  });

  function faultOf(pem: string): string {
    try {
      readClientCertificate(pem);
    } catch (error) {
      assert.ok(error instanceof BadCertificate);
      return error.message;
    }
    return assert.fail('it was accepted');
  }

  it('reads key and certificate in either order, with the SHA-256 thumbprint', () => {
    const der = new X509Certificate(cert).raw;
    const thumbprint = createHash('sha256').update(der).digest('hex').toUpperCase();
    for (const pem of [`${key}\n${cert}`, `Bag Attributes\n${cert}\n${key}\n`]) {
      const read = readClientCertificate(pem);
      assert.equal(read.thumbprintSha256, thumbprint);
      assert.match(read.privateKey, /^-----BEGIN PRIVATE KEY-----/);
      assert.equal(read.x5c, cert.trim());
      assert.equal(read.expiresAt, Date.parse(new X509Certificate(cert).validTo));
    }
  });

  it('reads the older PKCS #1 form of a key too', () => {
    const pkcs1 = createPrivateKey(key).export({ type: 'pkcs1', format: 'pem' }).toString();
    assert.match(readClientCertificate(`${pkcs1}${cert}`).privateKey, /^-----BEGIN PRIVATE KEY-----/);
  });

  it('says what is missing or wrong, and quotes nothing of the key', async () => {
    const encrypted = createPrivateKey(key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    const elliptic = await generate([{ name: 'commonName', value: 'bot' }], { keyType: 'ec', algorithm: 'sha256' });
    const broken = '-----BEGIN PRIVATE KEY-----\nkeymarker\n-----END PRIVATE KEY-----';
    const faults: readonly (readonly [pem: string, says: RegExp])[] = [
      ['', /no certificate/],
      [key, /no certificate/],
      [cert, /no unencrypted private key/],
      [`${encrypted}${cert}`, /no unencrypted private key/],
      [`${otherKey}\n${cert}`, /does not belong/],
      [`${elliptic.private}\n${elliptic.cert}`, /RSA/],
      [`${broken}\n${cert}`, /private key .* cannot be read/],
      [`${key}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, /certificate .* cannot be read/],
    ];
    for (const [pem, says] of faults) {
      const message = faultOf(pem);
      assert.match(message, says);
      assert.ok(!message.includes('keymarker'));
    }
  });
});
