/** Numbers of many measurements. */

/** The value below which this share of the values lies; values must not be empty. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (at === undefined) throw new RangeError('there is no percentile of nothing');
  return at;
}

/** How many of the moments, which are in their order, lie at most in any window of this length, wherever it begins. */
export function mostWithin(moments: readonly number[], windowMs: number): number {
  let [most, first] = [0, 0];
  for (const [last, moment] of moments.entries()) {
    while (moment - (moments[first] ?? moment) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
