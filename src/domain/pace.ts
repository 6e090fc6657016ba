import { backgroundShare, callPatience } from './call-budget.ts';
import { hour, minute } from './instant.ts';

/**
 * A list of each watcher that often uses up what an hour allows: 1,500 calls. The budget counts an hour that is longer by
 * the time that a call may be on its way; a faster pace would find no call left, sweep after sweep.
 */
const leastPerWatcher = (hour + callPatience) / 1_500;

/**
 * How long to wait before the next look at an action: young ones at the configured pace, after 10 minutes
 * once a minute, after an hour every five. Never faster than configured, nor than the background's share of the budget
 * allows to all watchers together.
 * @param ageMs since the action was sent
 * @param youngMs the configured pace for young actions (`FOLLOW_INTERVAL_SECONDS`)
 * @param watchers how many people something is followed for
 */
export function followPace(ageMs: number, youngMs: number, watchers: number): number {
  const fastest = Math.max(youngMs, Math.ceil((watchers * leastPerWatcher) / backgroundShare));
  if (ageMs < 10 * minute) return fastest;
  return Math.max(fastest, ageMs < hour ? minute : 5 * minute);
}
