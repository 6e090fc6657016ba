import { second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';

/** While a database is away, every worker says so every second. */
const silence = 10 * second;

/**
 * Tells of errors that come again and again: the first at once, then one in 10 s, with how many there were in between.
 * @param monotonic milliseconds of a clock that nobody sets
 */
export function tellSometimes(log: Log, message: string, monotonic: () => number): (err: unknown) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let untold = 0;
  return (err) => {
    if (monotonic() < quietUntil) {
      untold += 1;
      return;
    }
    log.error({ err, untold }, message);
    untold = 0;
    quietUntil = monotonic() + silence;
  };
}
