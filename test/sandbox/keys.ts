import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import type { JsonObject } from './json.ts';

/** An RSA key that signs tokens, with the public half as others may fetch it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public half as a member of a JWKS. */
  readonly jwk: JsonObject;
}

/**
 * Who signs: Entra; the Bot Framework for Teams, and for another channel (its key is endorsed for that channel alone);
 * and a stranger whose key nobody publishes.
 */
export type Signer = 'entra' | 'teams' | 'otherChannel' | 'stranger';

let made: Promise<Readonly<Record<Signer, SigningKey>>> | undefined;

/** The signing keys of this process, made at the first call: RSA keys cost time, and no test needs new ones. */
export function signingKeys(): Promise<Readonly<Record<Signer, SigningKey>>> {
  made ??= makeKeys();
  return made;
}

async function makeKeys(): Promise<Readonly<Record<Signer, SigningKey>>> {
  const [entra, teams, otherChannel, stranger] = await Promise.all([
    makeKey('sandbox-entra-1'),
    makeKey('sandbox-teams-1'),
    makeKey('sandbox-other-1'),
    makeKey('sandbox-stranger-1'),
  ]);
  return { entra, teams, otherChannel, stranger };
}

async function makeKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const { kty, n, e } = await exportJWK(publicKey);
  return { kid, privateKey, publicKey, jwk: { kty, n, e, kid, use: 'sig', alg: 'RS256', x5t: kid } };
}
