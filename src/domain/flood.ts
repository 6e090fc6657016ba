/** How often one person, and everybody in one conversation together, may ask something of the bot. */
import { type Instant, later, minute } from './instant.ts';
import { firstFree, type RateLimit } from './rate-limit.ts';

/**
 * What somebody does. What stops something (`/cancel`, **Cancel collection**, `/signout`) is `urgent` and counted by
 * itself, so that no flood of anything else stands in its way.
 */
export type KnockKind = 'message' | 'click' | 'urgent';

/** What was let in of late, of one person or one conversation and of one kind. */
export interface KnockLedger {
  /** In their order; those older than `floodMemory` may be left out. */
  readonly admitted: readonly Instant[];
  /** When somebody was last told that it is too much. */
  readonly toldAt?: Instant;
}

/** Whether somebody is let in. */
export type KnockAnswer =
  | { readonly kind: 'admitted' }
  | {
      readonly kind: 'turnedAway';
      readonly whose: FloodSide;
      readonly retryAfterMs: number;
      /** False: they were told within the last minute. */
      readonly isNews: boolean;
    };

/** Whose limit it is. */
export type FloodSide = 'person' | 'conversation';

/** What a knock does to the two ledgers; what is undefined stays as it is. */
export interface KnockRuling {
  readonly answer: KnockAnswer;
  readonly person?: KnockLedger;
  readonly conversation?: KnockLedger;
}

/**
 * Far above what people do: a responder at work sends a handful a minute. Clicks count the clients' own `refresh`, of
 * which scrolling through a channel makes many; they are answered to the clicker alone, so a conversation has no limit.
 */
export const floodLimits: { readonly [Kind in KnockKind]: { readonly [Side in FloodSide]: readonly RateLimit[] } } = {
  message: { person: [{ calls: 30, withinMs: minute }], conversation: [{ calls: 120, withinMs: minute }] },
  click: { person: [{ calls: 120, withinMs: minute }], conversation: [] },
  urgent: { person: [{ calls: 60, withinMs: minute }], conversation: [] },
};

/** No limit looks back longer. */
export const floodMemory = minute;

/** Decides on one more. What was turned away counts for nothing, so one person cannot use up a conversation's share. */
export function ruleOnKnock(
  kind: KnockKind,
  person: KnockLedger,
  conversation: KnockLedger,
  now: Instant,
): KnockRuling {
  const limits = floodLimits[kind];
  const own = turnedAway('person', person, limits.person, now);
  if (own !== undefined) return { answer: own, ...(own.isNews ? { person: { ...person, toldAt: now } } : {}) };
  const shared = turnedAway('conversation', conversation, limits.conversation, now);
  if (shared !== undefined) {
    return { answer: shared, ...(shared.isNews ? { conversation: { ...conversation, toldAt: now } } : {}) };
  }
  return { answer: { kind: 'admitted' }, person: withOne(person, now), conversation: withOne(conversation, now) };
}

function turnedAway(whose: FloodSide, { admitted, toldAt }: KnockLedger, limits: readonly RateLimit[], now: Instant) {
  const free = limits.length === 0 ? now : firstFree(admitted, limits, 0);
  if (free <= now) return undefined;
  const isNews = toldAt === undefined || toldAt <= now - floodMemory;
  return { kind: 'turnedAway', whose, retryAfterMs: free - now, isNews } as const;
}

function withOne(ledger: KnockLedger, now: Instant): KnockLedger {
  return { ...ledger, admitted: [...ledger.admitted.filter((at) => at > later(now, -floodMemory)), now] };
}
