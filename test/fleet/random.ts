import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that comes again: the same seed gives the same numbers. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** One of them. @throws RangeError when there is none */
  of<Value>(values: readonly Value[]): Value {
    const index = this.between(0, Math.max(0, values.length - 1));
    const value = values[index];
    if (value === undefined) throw new RangeError('there is nothing to choose from');
    return value;
  }

  /** True in so many of a hundred. */
  percent(share: number): boolean {
    return this.between(1, 100) <= share;
  }
}
