import { type Instant, later } from '../src/domain/instant.ts';
import { followPace } from '../src/domain/pace.ts';
import type { Request, Running } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { inOneLine, moment, type Words } from './words.ts';

/**
 * What a reader of a running card wants to know at this moment: for how long it has been, and when the bot looks again.
 * Undefined where nothing is followed. The pace is that of a bot with little to do; with much it looks later.
 */
export function aliveWords(
  request: Request,
  { followIntervalMs, say }: Pick<CardContext, 'followIntervalMs' | 'say'>,
  now: Instant,
): Words | undefined {
  if (request.state !== 'confirmed') return undefined;
  const running = request.collections.filter((each): each is Running => each.state === 'running');
  if (running.length === 0) return undefined;
  const since = running.map(({ sentAt }) => sentAt);
  const [oldest, youngest] = [Math.min(...since), Math.max(...since)];
  const elapsed = say.alive.elapsed(duration(say, now - oldest));
  if (followIntervalMs === undefined) return elapsed;
  const next = later(now, followPace(now - youngest, followIntervalMs, 1));
  return inOneLine(elapsed, say.alive.nextLook(moment(next)));
}
