/**
 * When Defender may be called. Calls are kept in the order of their moments, and a new one never goes before the last:
 * then `limit` calls lie between any call and the one that is `limit` places after it, so no window of that length,
 * wherever it begins, can hold more. A plain fixed window would let twice the limit through at its edge.
 */
import { hour, type Instant, later, minute, second } from './instant.ts';
import { firstFree, type RateLimit } from './rate-limit.ts';

/** The rows of Defender's table of limits: each is counted by itself, for the app in the tenant (an assumption). */
export const defenderApis = ['collect', 'action', 'actions', 'packageLink', 'cancel', 'device', 'devices'] as const;
/** A row of the table of limits. */
export type DefenderApi = (typeof defenderApis)[number];

/** Who waits for the answer: somebody at a card, or the following. */
export type CallPriority = 'person' | 'background';

/** A wish to call Defender. */
export type CallWish =
  | { readonly api: Exclude<DefenderApi, 'collect'>; readonly priority: CallPriority }
  | {
      readonly api: 'collect';
      readonly priority: CallPriority;
      /** The name under which a turn is given when there is no call left now, and taken up later. */
      readonly turnOf: string;
    };

/** What becomes of a wish. */
export type CallAnswer =
  /** Send it within `callPatience`. */
  | { readonly kind: 'taken' }
  /** Do not send it; ask again in so many milliseconds. */
  | { readonly kind: 'none'; readonly retryAfterMs: number };

/** A call that was made, or a turn that was given. */
export interface CountedCall {
  readonly at: Instant;
  readonly priority: CallPriority;
  /** Who has this turn; a call that was made has none. */
  readonly turnOf?: string;
}

/** What is known of one API. */
export interface CallLedger {
  /** In the order of their moments. Those older than `callMemory` may be left out. */
  readonly calls: readonly CountedCall[];
  /** Defender said 429: no call before this moment. */
  readonly pausedUntil?: Instant;
}

/** An answer, and what has to be written down before it is given. */
export interface CallRuling {
  readonly answer: CallAnswer;
  /** The turn that is no more. */
  readonly removed?: CountedCall;
  readonly added?: CountedCall;
}

/** A call reaches Defender no later than this after it was taken. */
export const callPatience = 10 * second;
/** A turn that is not taken up so long after its moment has lapsed. */
export const turnPatience = 20 * second;
/** Turns are given so far apart: many at one moment could not be taken up in time. */
const turnSpacing = minute / 100;
/** No limit looks back longer. */
export const callMemory = hour + callPatience + turnPatience;

const usual: readonly RateLimit[] = [
  { calls: 100, withinMs: minute },
  { calls: 1_500, withinMs: hour },
];

/** As documented on each API's page. */
const limits: { readonly [Api in DefenderApi]: readonly RateLimit[] } = {
  collect: usual,
  action: usual,
  actions: usual,
  packageLink: [
    { calls: 2, withinMs: minute },
    { calls: 120, withinMs: hour },
  ],
  cancel: usual,
  device: usual,
  devices: usual,
};

/**
 * Following that spent its hour at the beginning would see nothing of the rest: it may not run ahead further than this.
 * Defender does not count it, so it needs no slack; with one, following at its own pace would always be a little too much.
 * The one millisecond leaves out the edge of the window.
 */
const evenly: RateLimit = { calls: 125, withinMs: 5 * minute };

/** The share of the calls that background following may use. The rest is for people at a card. */
export const backgroundShare = 0.8;

/** Where there is following, people leave it a rest, so that nobody can stop it for good. */
function shareOf(api: DefenderApi, priority: CallPriority): number {
  const isFollowing = api === 'action' || api === 'actions';
  return priority === 'background' ? backgroundShare : isFollowing ? 0.8 : 1;
}

/** Decides on a wish. What it rules has to be stored before anybody acts on it, and nothing may come in between. */
export function ruleOnCall(ledger: CallLedger, wish: CallWish, now: Instant): CallRuling {
  const turn = wish.api === 'collect' ? ledger.calls.find(({ turnOf }) => turnOf === wish.turnOf) : undefined;
  const opensAt = later(now, Math.max(0, (ledger.pausedUntil ?? now) - now));
  if (turn === undefined) return ruleAnew(ledger.calls, wish, opensAt, now);
  if (turn.at > now && turn.at >= opensAt) return { answer: none(turn.at - now) };
  if (opensAt === now && now - turn.at <= turnPatience) {
    // It keeps its moment, for the order; that it is sent later than that is in `slack`.
    return { answer: { kind: 'taken' }, removed: turn, added: { at: turn.at, priority: wish.priority } };
  }
  const others = ledger.calls.filter((each) => each !== turn);
  return { ...ruleAnew(others, wish, opensAt, now), removed: turn };
}

function ruleAnew(calls: readonly CountedCall[], wish: CallWish, opensAt: Instant, now: Instant): CallRuling {
  const { priority } = wish;
  const free = nextFree(calls, wish, opensAt);
  if (free === now) return { answer: { kind: 'taken' }, added: { at: now, priority } };
  if (wish.api !== 'collect') return { answer: none(free - now) };
  const at = spaced(calls, free);
  return { answer: none(at - now), added: { at, priority, turnOf: wish.turnOf } };
}

/**
 * What a 429 changes: nobody calls until then, and the turns that were given move with it, so that everybody keeps
 * their place.
 * @param ms Defender's `Retry-After`
 */
export function pauseCalls(
  { calls, pausedUntil }: CallLedger,
  ms: number,
  now: Instant,
): { readonly pausedUntil: Instant; readonly turnsLaterMs: number } {
  const until = later(now, Math.max(ms, (pausedUntil ?? now) - now));
  const [first] = calls.filter(({ turnOf, at }) => turnOf !== undefined && at > now);
  return { pausedUntil: until, turnsLaterMs: first === undefined ? 0 : Math.max(0, until - first.at) };
}

/** A limit of an API as it is kept: within so long, slack included, no more than so many calls are counted. */
export interface KeptLimit extends RateLimit {
  /** The window that Defender documents. */
  readonly window: 'minute' | 'hour';
}

/** The limits of an API, for telling how many calls are left. */
export function keptLimits(api: DefenderApi): readonly KeptLimit[] {
  return limits[api].map(({ calls, withinMs }) => ({
    window: withinMs === minute ? 'minute' : 'hour',
    calls,
    withinMs: withinMs + slack(api),
  }));
}

/** The first moment, not before `from`, at which a call would keep every limit and come after every other. */
function nextFree(calls: readonly CountedCall[], { api, priority }: CallWish, from: Instant): Instant {
  const moments = calls.map(({ at }) => at);
  const own = calls.filter((each) => each.priority === priority).map(({ at }) => at);
  const share = shareOf(api, priority);
  const shared = (limit: RateLimit) => ({ ...limit, calls: Math.floor(limit.calls * share) });
  const free = Math.max(
    firstFree(moments, limits[api], slack(api)),
    firstFree(own, limits[api].map(shared), slack(api)),
    firstFree(own, priority === 'background' ? [shared(evenly)] : [], 1),
  );
  return later(from, Math.max(0, free - from));
}

/**
 * Between the moment that is written down and Defender's clock lie the way there and, where there are turns, the time
 * until a turn is taken up. A window is longer by that: a late call and an early one may come closer together.
 */
function slack(api: DefenderApi): number {
  return api === 'collect' ? callPatience + turnPatience : callPatience;
}

function spaced(calls: readonly CountedCall[], free: Instant): Instant {
  const last = calls.at(-1)?.at ?? 0;
  return later(free, Math.max(0, last + turnSpacing - free));
}

function none(retryAfterMs: number): CallAnswer {
  return { kind: 'none', retryAfterMs };
}
