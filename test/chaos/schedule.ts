/** What will happen in a chaos run, and when: made from the seed alone, before anything starts. */
import { Random } from '../fleet/random.ts';
import type { Fault } from '../sandbox/faults.ts';
import type { Hosts } from '../sandbox/hosts.ts';
import type { Operation } from '../sandbox/operations.ts';
import { faultChoices } from './fault-choices.ts';

/** What one person does with the card of their request. */
export type Wish =
  | 'collect'
  /** Two clicks at the same moment. */
  | 'collectTwice'
  /** Takes the proposal back. */
  | 'withdraw'
  /** Asks Defender to stop what runs. */
  | 'cancelCollection'
  /** Reads the action with Refresh. */
  | 'refresh'
  /** Forgets about the card. */
  | 'leave';

/** One request that somebody types. */
export interface Ask {
  readonly kind: 'ask';
  /** Milliseconds after the start. */
  readonly at: number;
  readonly number: number;
  readonly person: 'mia' | 'omar' | 'lena';
  readonly place: 'channel' | 'groupChat' | 'personal';
  /** Place in the list of devices; only requests in the channel, each in its thread, share one. */
  readonly device: number;
  readonly wish: Wish;
  /** Teams delivers the message twice. */
  readonly isRedelivered: boolean;
}

/** Something that goes wrong. */
export type Disturbance =
  | {
      readonly kind: 'fault';
      readonly at: number;
      readonly operation: Operation;
      readonly fault: Fault;
      readonly times: number;
    }
  | { readonly kind: 'hostDown'; readonly at: number; readonly host: keyof Hosts; readonly forMs: number }
  /** SIGKILL, and a new process so much later. */
  | { readonly kind: 'kill'; readonly at: number; readonly replica: number; readonly forMs: number }
  /** SIGSTOP, and SIGCONT so much later. */
  | { readonly kind: 'pause'; readonly at: number; readonly replica: number; readonly forMs: number }
  | { readonly kind: 'restartPostgres'; readonly at: number }
  /** The Token Service loses somebody's token. */
  | { readonly kind: 'forgetToken'; readonly at: number; readonly person: 'mia' | 'omar' }
  /** Somebody types `/signout`. */
  | { readonly kind: 'signOut'; readonly at: number; readonly person: 'mia' | 'omar' };

/** A whole run. */
export interface Schedule {
  readonly seed: number;
  readonly durationMs: number;
  readonly replicas: number;
  readonly asks: readonly Ask[];
  readonly disturbances: readonly Disturbance[];
}

/** So many devices are asked for once each; the first few also again and again, in the channel. */
const sharedDevices = 4;
/** A stop that outlasts a job's time of 60 s. */
const longPause = { least: 65_000, most: 75_000 };
/** What is cured only after half a minute comes no later than this before the end, or in the first third of a short run. */
const calmTail = 60_000;

/** The schedule of a seed: the same one each time. */
export function makeSchedule(seed: number, durationMs: number, replicas: number): Schedule {
  const random = new Random(seed);
  const asks = makeAsks(random, durationMs);
  const disturbances = [
    ...makeFaults(random, durationMs),
    ...makeOutages(random, durationMs),
    ...makeStops(random, durationMs, replicas),
    ...makeSignOuts(random, durationMs),
  ];
  return { seed, durationMs, replicas, asks, disturbances: disturbances.toSorted((one, other) => one.at - other.at) };
}

function makeAsks(random: Random, durationMs: number): readonly Ask[] {
  const wishes: readonly Wish[] = [
    ...(['collect', 'collect', 'collect', 'collectTwice', 'collectTwice'] as const),
    ...(['cancelCollection', 'refresh', 'withdraw', 'leave'] as const),
  ];
  return moments(random, durationMs * 0.95, 2_500).map((at, index) => {
    const place = random.of(['channel', 'channel', 'channel', 'groupChat', 'personal'] as const);
    const isShared = place === 'channel' && random.percent(25);
    return {
      kind: 'ask',
      at,
      number: index + 1,
      person: random.percent(5) ? 'lena' : random.of(['mia', 'omar'] as const),
      place,
      device: isShared ? random.between(0, sharedDevices - 1) : sharedDevices + index,
      wish: random.of(wishes),
      isRedelivered: random.percent(25),
    };
  });
}

function makeFaults(random: Random, durationMs: number): readonly Disturbance[] {
  const sure = firstPart(durationMs);
  return moments(random, durationMs, 700).map((at) => {
    const choices = at < sure ? faultChoices : faultChoices.filter((choice) => choice.leavesDoubt !== true);
    const { operation, faults } = random.of(choices);
    return { kind: 'fault', at, operation, fault: random.of(faults), times: random.between(1, 3) };
  });
}

function makeOutages(random: Random, durationMs: number): readonly Disturbance[] {
  const hosts = ['entra', 'botFramework', 'connector', 'tokenService', 'defender'] as const;
  const down = moments(random, durationMs, 20_000).map((at) => {
    return { kind: 'hostDown', at, host: random.of(hosts), forMs: random.between(500, 4_000) } as const;
  });
  // One outage of a host at a time: it comes up only once.
  const apart = down.filter(({ at }, index) => at > (down[index - 1]?.at ?? -5_000) + 5_000);
  const restarts = moments(random, firstPart(durationMs), 45_000).map(
    (at) => ({ kind: 'restartPostgres', at }) as const,
  );
  return [...apart, ...restarts];
}

/** One replica after the other, so that somebody is always there. */
function makeStops(random: Random, durationMs: number, replicas: number): readonly Disturbance[] {
  const stops: Disturbance[] = [];
  const end = firstPart(durationMs);
  for (let at = random.between(1_000, 3_000); at < end; at += random.between(5_000, 12_000)) {
    const replica = random.between(0, replicas - 1);
    const isLong = durationMs > 4 * longPause.most && random.percent(10);
    const forMs = isLong ? random.between(longPause.least, longPause.most) : random.between(500, 6_000);
    stops.push({ kind: isLong || random.percent(50) ? 'pause' : 'kill', at, replica, forMs });
    at += forMs;
  }
  return stops;
}

function makeSignOuts(random: Random, durationMs: number): readonly Disturbance[] {
  return moments(random, durationMs, 25_000).map((at) => {
    return { kind: random.of(['forgetToken', 'signOut'] as const), at, person: random.of(['mia', 'omar'] as const) };
  });
}

/** The part of a run in which everything may happen. */
function firstPart(durationMs: number): number {
  return Math.max(durationMs * 0.3, durationMs - calmTail);
}

/** Moments from 0 to `end`, `apartMs` apart on average. */
function moments(random: Random, end: number, apartMs: number): readonly number[] {
  const found: number[] = [];
  const step = () => random.between(Math.round(apartMs * 0.2), Math.round(apartMs * 1.8));
  for (let at = step(); at < end; at += step()) found.push(at);
  return found;
}
