/** What strangers may make happen as often as they please must not fill the log: it is counted, and told in samples. */
import { minute } from '../src/domain/instant.ts';

/** How often something has happened. */
export interface Tally {
  /** Since the process began, this time included. */
  readonly total: number;
  /** Since it was told last; those were told nowhere else. */
  readonly untold: number;
}

/** Between two tellings of the same kind. */
const pause = minute;

/** Counts by kind; kinds are a few words of ours, never a stranger's. */
export class Sampler {
  readonly #monotonic: () => number;
  readonly #seen = new Map<string, Tally & { readonly toldAt: number }>();

  /** @param monotonic milliseconds of a clock that nobody sets */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Counts it, and has it told when it is the first of its kind, or the first for a minute. */
  count(kind: string, tell: (tally: Tally) => void): void {
    const now = this.#monotonic();
    const before = this.#seen.get(kind);
    const total = (before?.total ?? 0) + 1;
    if (before !== undefined && now - before.toldAt < pause) {
      this.#seen.set(kind, { ...before, total, untold: before.untold + 1 });
      return;
    }
    this.#seen.set(kind, { total, untold: 0, toldAt: now });
    tell({ total, untold: before?.untold ?? 0 });
  }
}
