/** At most `count` calls in any `milliseconds`. */
export interface RateLimit {
  readonly count: number;
  readonly milliseconds: number;
}

/** Sliding windows, one set per key. A refused call is not counted. */
export class RateWindows {
  readonly #limits: readonly RateLimit[];
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();

  constructor(limits: readonly RateLimit[], now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a call. Returns undefined if it is within the limits, else the milliseconds until one would be. */
  take(key: string): number | undefined {
    const now = this.#now();
    const longest = Math.max(...this.#limits.map((limit) => limit.milliseconds));
    const calls = (this.#calls.get(key) ?? []).filter((at) => at > now - longest);
    this.#calls.set(key, calls);
    const waits = this.#limits.flatMap(({ count, milliseconds }) => {
      const first = calls.filter((at) => at > now - milliseconds).at(-count);
      return first === undefined ? [] : [first + milliseconds - now];
    });
    if (waits.length > 0) return Math.max(...waits);
    calls.push(now);
    return undefined;
  }
}
