import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Instant, instantOf } from '../../domain/instant.ts';

/** The PEM text is not a private key with its certificate. */
export class BadCertificate extends Error {
  override readonly name = 'BadCertificate';
}

/** A certificate credential, as MSAL wants it. */
export interface ClientCertificate {
  /** Upper-case hex without colons. */
  readonly thumbprintSha256: string;
  /** PKCS #8 PEM. */
  readonly privateKey: string;
  /** The certificate's PEM. */
  readonly x5c: string;
  readonly expiresAt: Instant;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;
const keyBlock = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/;

/**
 * Reads a PEM text that holds an unencrypted private key and, first among its certificates, that key's certificate.
 * Throws BadCertificate, whose text says what is wrong and quotes nothing of the key.
 */
export function readClientCertificate(pem: string): ClientCertificate {
  const certificateText = certificateBlock.exec(pem)?.[0];
  if (certificateText === undefined) throw new BadCertificate('The PEM file holds no certificate');
  const keyText = keyBlock.exec(pem)?.[0];
  if (keyText === undefined) throw new BadCertificate('The PEM file holds no unencrypted private key');
  const certificate = parsed('certificate', () => new X509Certificate(certificateText));
  const key: KeyObject = parsed('private key', () => createPrivateKey(keyText));
  if (!certificate.checkPrivateKey(key))
    throw new BadCertificate('The private key does not belong to the first certificate');
  if (key.asymmetricKeyType !== 'rsa') throw new BadCertificate('Entra takes RSA keys only');
  const expiresAt = instantOf(new Date(certificate.validTo));
  if (expiresAt === undefined) throw new BadCertificate('The certificate does not say when it ends');
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    x5c: certificateText,
    expiresAt,
  };
}

function parsed<Value>(what: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (cause) {
    throw new BadCertificate(`The ${what} in the PEM file cannot be read`, { cause });
  }
}
