/** The keys with which the Bot Framework signs what it sends to bots. */
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import ky from 'ky';
import { z } from 'zod';

/** The Bot Framework's published keys, fetched on first use and again when a key is unknown. */
export interface SigningKeys {
  /** Picks the key of a token, for `jwtVerify`. */
  readonly keyFor: JWTVerifyGetKey;
  /** The channels that this key may sign for; empty when the key names none. */
  endorsements(kid: string): readonly string[];
  /** Fetches the keys if that was not done yet. Throws when they cannot be had. */
  load(): Promise<void>;
}

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });
const endorsedKey = z.object({ kid: z.string(), endorsements: z.array(z.string()).optional() });

/** @param openIdMetadata the URL of the OpenID configuration (`ToBotFromChannelOpenIdMetadataUrl`) */
export function createSigningKeys(openIdMetadata: string): SigningKeys {
  let keySet: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  async function discover() {
    const answer: unknown = await ky.get(openIdMetadata, { timeout: 5_000, retry: 2, redirect: 'error' }).json();
    return createRemoteJWKSet(new URL(metadata.parse(answer).jwks_uri), { timeoutDuration: 5_000 });
  }

  /** A failed discovery is forgotten, so that the next activity tries again. */
  function current() {
    keySet ??= discover().catch((cause) => {
      keySet = undefined;
      throw new Error('the Bot Framework’s signing keys cannot be read', { cause });
    });
    return keySet;
  }

  let known: readonly z.infer<typeof endorsedKey>[] = [];
  function readEndorsements(keys: Awaited<ReturnType<typeof current>>): void {
    known = (keys.jwks()?.keys ?? []).flatMap((key) => {
      const parsed = endorsedKey.safeParse(key);
      return parsed.success ? [parsed.data] : [];
    });
  }

  return {
    async keyFor(header, token) {
      const keys = await current();
      const key = await keys(header, token);
      readEndorsements(keys);
      return key;
    },
    endorsements: (kid) => known.find((key) => key.kid === kid)?.endorsements ?? [],
    async load() {
      const keys = await current();
      if (!keys.fresh) await keys.reload();
      readEndorsements(keys);
    },
  };
}
