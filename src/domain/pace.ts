import { hour, minute } from './instant.ts';

/**
 * How long to wait before the next look at an action: young ones at the configured pace, after 10 minutes
 * once a minute, after an hour every five. Never faster than configured.
 * @param ageMs since the action was sent
 * @param youngMs the configured pace for young actions (`FOLLOW_INTERVAL_SECONDS`)
 */
export function followPace(ageMs: number, youngMs: number): number {
  if (ageMs < 10 * minute) return youngMs;
  return Math.max(youngMs, ageMs < hour ? minute : 5 * minute);
}
