/** Numbers of a run, and what they say of each other. */

/** A number that was measured in several rounds. */
export interface Measured {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The smallest value that so much of all values does not exceed (nearest rank).
 * @param share 0.99 for p99
 * @throws RangeError without values, or for a share outside of (0, 1]
 */
export function percentile(values: readonly number[], share: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`${share} is no share`);
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.ceil(share * sorted.length) - 1];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** @throws RangeError without values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const pair = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  if (pair.length === 0) throw new RangeError('nothing was measured');
  return pair.reduce((sum, value) => sum + value, 0) / pair.length;
}

/** @throws RangeError without values */
export function measured(values: readonly number[]): Measured {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** How far the rounds lie apart, as a share of their median. */
export function spreadOf({ median: middle, least, most }: Measured): number {
  return (most - least) / middle;
}

/**
 * Each round's value as a multiple of the yardstick's in the same round: what slows the machine for a while slows both.
 * @throws RangeError when there are not as many of both
 */
export function ratioOf(values: readonly number[], yardstick: readonly number[]): Measured {
  if (values.length !== yardstick.length) throw new RangeError('a ratio needs both in every round');
  return measured(values.map((value, round) => value / (yardstick[round] ?? Number.NaN)));
}
