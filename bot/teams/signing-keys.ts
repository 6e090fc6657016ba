/** The keys with which the Bot Framework signs what it sends to bots, and Entra what it gives to the tab. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import ky from 'ky';
import { z } from 'zod';
import { hour, second } from '../../src/domain/instant.ts';

/** Somebody's published keys, fetched on first use and again when a key is unknown. */
export interface SigningKeys {
  /** Picks the key of a token, for `jwtVerify`. Throws SigningKeysUnavailable, or what jose throws for a key that is not there. */
  readonly keyFor: JWTVerifyGetKey;
  /** The channels that this key may sign for; empty for an unknown key and for one that names none. */
  endorsements(kid: string): readonly string[];
  /** Fetches the keys if that was not done yet. Throws SigningKeysUnavailable. */
  load(): Promise<void>;
}

/** The keys cannot be had now: who spoke is not known, and may well be Teams. */
export class SigningKeysUnavailable extends Error {
  override readonly name = 'SigningKeysUnavailable';
}

/** Strangers make us fetch, so we fetch seldom: for unknown keys, and again after a failure. */
const cooldown = 30 * second;
const cooldownAfterFailure = 2 * second;
/** The Bot Framework's documentation wants the keys read anew at least once a day; a new key is fetched when it is met. */
const longestUse = 24 * hour;
const patience = 4 * second;

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });
const endorsedKey = z.object({ kid: z.string(), endorsements: z.array(z.string()).optional() });

/**
 * @param openIdMetadata the URL of the OpenID configuration (`ToBotFromChannelOpenIdMetadataUrl`)
 * @param monotonic milliseconds of a clock that nobody sets
 * @param whose keys they are, for the log
 */
export function createSigningKeys(
  openIdMetadata: string,
  monotonic: () => number,
  whose = 'the Bot Framework',
): SigningKeys {
  let keySet: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  let failure: { readonly error: SigningKeysUnavailable; readonly until: number } | undefined;

  async function discover() {
    const answer: unknown = await ky.get(openIdMetadata, { timeout: patience, retry: 0, redirect: 'error' }).json();
    const { jwks_uri } = metadata.parse(answer);
    const options = { timeoutDuration: patience, cooldownDuration: cooldown, cacheMaxAge: longestUse };
    return createRemoteJWKSet(new URL(jwks_uri), options);
  }

  /** A failed discovery is forgotten, so that a later activity tries again. */
  function current() {
    keySet ??= discover().catch((error: unknown) => {
      keySet = undefined;
      throw error;
    });
    return keySet;
  }

  /** While the host is away nobody can make us call it more often than once in a while. */
  async function fetching<Value>(fetch: () => Promise<Value>): Promise<Value> {
    if (failure !== undefined && monotonic() < failure.until) throw failure.error;
    try {
      const value = await fetch();
      failure = undefined;
      return value;
    } catch (cause) {
      if (isAboutTheToken(cause)) throw cause;
      const error = new SigningKeysUnavailable(`the signing keys of ${whose} cannot be read`, { cause });
      failure = { error, until: monotonic() + cooldownAfterFailure };
      throw error;
    }
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
      const keys = await fetching(current);
      const knownKid = known.some(({ kid }) => kid === header?.kid);
      // A key that we have is used even while the host is away.
      const key = knownKid && keys.fresh ? await keys(header, token) : await fetching(() => keys(header, token));
      readEndorsements(keys);
      return key;
    },
    endorsements: (kid) => known.find((key) => key.kid === kid)?.endorsements ?? [],
    async load() {
      const keys = await fetching(current);
      if (!keys.fresh) await fetching(() => keys.reload());
      readEndorsements(keys);
    },
  };
}

/** jose's word for a token whose key is not among those that were read, or that cannot be used. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWSInvalid
  );
}
