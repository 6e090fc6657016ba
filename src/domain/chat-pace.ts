/** When the chat may be written to: Teams' limits for one bot in one conversation, and in its tenant. */
import { hour, type Instant, later, second } from './instant.ts';
import { firstFree, type RateLimit } from './rate-limit.ts';

/** What was written of late into one conversation, or into all together. */
export interface PaceLedger {
  /** The moments of the posts, in their order; those older than `paceMemory` may be left out. */
  readonly posts: readonly Instant[];
  /** Teams said 429: no post before this moment. */
  readonly pausedUntil?: Instant;
}

/** Whether a post may go now. */
export type PaceAnswer =
  | { readonly kind: 'taken' }
  /** Ask again in so many milliseconds. */
  | { readonly kind: 'none'; readonly retryAfterMs: number };

/** Per bot and conversation (page 'Optimize your bot with rate limiting in Teams'): posts and edits alike. */
export const conversationLimits: readonly RateLimit[] = [
  { calls: 7, withinMs: second },
  { calls: 8, withinMs: 2 * second },
  { calls: 60, withinMs: 30 * second },
  { calls: 1_800, withinMs: hour },
];
/** Per bot and tenant (same page). */
export const tenantLimits: readonly RateLimit[] = [{ calls: 50, withinMs: second }];

/** A post reaches Teams no later than this after it was written down; a slower one may meet a 429, and waits then. */
export const paceSlack = second / 2;
/** No limit looks back longer. */
export const paceMemory = hour + paceSlack;

/** Decides on one more post. A `taken` one has to be written down before it is sent. */
export function ruleOnPost(conversation: PaceLedger, tenant: PaceLedger, now: Instant): PaceAnswer {
  const free = Math.max(
    conversation.pausedUntil ?? 0,
    firstFree(conversation.posts, conversationLimits, paceSlack),
    firstFree(tenant.posts, tenantLimits, paceSlack),
  );
  return free <= now ? { kind: 'taken' } : { kind: 'none', retryAfterMs: free - now };
}

/** The ledger with one more post, and without what no limit looks at any more. */
export function withPost({ posts }: PaceLedger, now: Instant): PaceLedger {
  return { posts: [...posts.filter((at) => at > later(now, -paceMemory)), now] };
}
