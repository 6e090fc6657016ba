/**
 * The Bot Framework sends many activities under one token. Its signature is checked once; whatever else must be true of an
 * activity and its token is asked each time.
 */
import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';

/** What a signature has proven. */
export interface VerifiedToken {
  readonly claims: JWTPayload;
  /** Which key signed it. */
  readonly kid: string;
}

/** Far more than one bot is sent at a time, and less than a megabyte. */
const most = 1_000;

/** Tokens whose signature was good, by their hash: who reads this memory cannot use them. */
export class VerifiedTokens {
  readonly #byHash = new Map<string, VerifiedToken>();
  readonly #toleranceSeconds: number;
  readonly #now: () => number;

  /**
   * @param toleranceSeconds by so much clocks may differ
   * @param now milliseconds since 1970
   */
  constructor(toleranceSeconds: number, now: () => number) {
    this.#toleranceSeconds = toleranceSeconds;
    this.#now = now;
  }

  /** @returns undefined for one that was not kept, and outside of the time for which it was given */
  find(token: string): VerifiedToken | undefined {
    const key = keyOf(token);
    const known = this.#byHash.get(key);
    if (known === undefined) return undefined;
    const { exp = 0, nbf = 0 } = known.claims;
    const now = this.#now() / 1_000;
    if (now < exp + this.#toleranceSeconds && now >= nbf - this.#toleranceSeconds) return known;
    this.#byHash.delete(key);
    return undefined;
  }

  /** Only for one whose signature is good: strangers cannot push others out. */
  keep(token: string, verified: VerifiedToken): void {
    this.#byHash.set(keyOf(token), verified);
    const [oldest] = this.#byHash.keys();
    if (this.#byHash.size > most && oldest !== undefined) this.#byHash.delete(oldest);
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64');
}
