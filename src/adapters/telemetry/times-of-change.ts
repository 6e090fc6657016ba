import type { Collection, Request } from '../../domain/request.ts';
import { collectionsOf, isFinal } from '../../domain/request.ts';

/** How long something took, in milliseconds. */
export type TimeOfChange =
  | { readonly kind: 'clickToDefender'; readonly ms: number }
  | { readonly kind: 'confirmedToFinal'; readonly ms: number; readonly outcome: Collection['state'] };

/**
 * What a change of a request ends that somebody waits for. An end that came late, after three days without one, was told
 * as `unresolved` before, and is no second end.
 */
export function timesOfChange(before: Request, after: Request): readonly TimeOfChange[] {
  if (after.state !== 'confirmed' && after.state !== 'done') return [];
  const { confirmedAt } = after;
  const earlier = new Map(collectionsOf(before).map((each) => [each.id, each]));
  return after.collections.flatMap((each): readonly TimeOfChange[] => {
    const was = earlier.get(each.id);
    if (each.state === 'submitting' && was?.state !== 'submitting' && each.attempts.count === 1) {
      return [{ kind: 'clickToDefender', ms: each.startedAt - confirmedAt }];
    }
    if (!isFinal(each) || (was !== undefined && isFinal(was))) return [];
    return [{ kind: 'confirmedToFinal', ms: each.finishedAt - confirmedAt, outcome: each.state }];
  });
}
