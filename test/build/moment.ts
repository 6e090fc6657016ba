import { type Instant, later, parseInstant } from '../../src/domain/instant.ts';
import { known } from './ids.ts';

/** The moment at which every built request is asked: 2026-03-02 03:12:00 UTC. */
export const start: Instant = known(parseInstant('2026-03-02T03:12:00Z'));

/** `start` moved by `ms` milliseconds. */
export function after(ms: number): Instant {
  return later(start, ms);
}
