/** At most so many calls in any window of that length, wherever it begins. */
export interface RateLimit {
  readonly calls: number;
  readonly withinMs: number;
}

/**
 * The first moment, in milliseconds since 1970, at which one more call would keep every limit and come after every
 * other; 0 when there was none. Calls lie in the order of their moments, so between any call and the one that is `calls`
 * places after it lies a whole window, and no window can hold more. A fixed window would let twice the limit through at
 * its edge.
 * @param moments of the calls so far, in their order
 * @param slackMs what may lie between the moment that was written down and the one that the other side counts
 */
export function firstFree(moments: readonly number[], limits: readonly RateLimit[], slackMs: number): number {
  const after = (earlier: number | undefined, ms: number) => (earlier === undefined ? 0 : earlier + ms);
  const free = limits.map(({ calls, withinMs }) => after(moments.at(-calls), withinMs + slackMs));
  return Math.max(after(moments.at(-1), 0), ...free);
}
