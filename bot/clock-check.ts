/**
 * Holds the process' clock against the database's and the Bot Framework's. Times of requests are the database's, so a
 * wrong clock here delays nothing; but tokens are judged by it, so nobody is let in while it is off.
 */
import ky from 'ky';
import { minute, second } from '../src/domain/instant.ts';
import type { Log } from '../src/ports.ts';

/** The process' clock differs from everybody else's by more than tokens forgive. */
export class ClockOff extends Error {
  override readonly name = 'ClockOff';
}

/** What checking needs. Moments are in milliseconds since 1970. */
export interface ClockPorts {
  /** The process' clock. */
  readonly now: () => number;
  /** A clock that nobody sets (`performance.now()`). */
  readonly monotonic: () => number;
  readonly databaseNow: () => Promise<number>;
  /** Somebody else's clock, for a database that runs in this very process. */
  readonly frameworkNow: () => Promise<number>;
}

/** Checks the clock. */
export interface ClockCheck {
  /** @throws ClockOff, with how much and against whose, or what the database threw */
  check(): Promise<void>;
  /** How far the process' clock was ahead of the one that it differed from most, in milliseconds; undefined before a check. */
  aheadMs(): number | undefined;
}

/** As much as the Bot Framework's documentation forgives, and as our own check of tokens does. */
const tolerance = 5 * minute;
/** The framework's time is read once and counted on from there; anew when it says that our clock is off, this often. */
const readAnewAfter = 30 * second;
const patience = 4 * second;
const lookEvery = minute;

/** Makes the check. */
export function createClockCheck({ now, monotonic, databaseNow, frameworkNow }: ClockPorts): ClockCheck {
  let heard: { readonly time: number; readonly at: number } | undefined;
  let aheadOfDatabase: number | undefined;

  async function listen(): Promise<void> {
    const time = await frameworkNow().catch(() => undefined);
    // Whether the framework can be reached is the signing keys' business.
    if (time !== undefined) heard = { time, at: monotonic() };
  }

  function aheadOfFramework(): number {
    return heard === undefined ? 0 : now() - (heard.time + monotonic() - heard.at);
  }

  return {
    async check() {
      const before = now();
      const database = await databaseNow();
      // A slow answer is no wrong clock.
      const ahead = database < before ? before - database : Math.min(0, now() - database);
      aheadOfDatabase = ahead;
      if (Math.abs(ahead) > tolerance) throw clockOff(ahead, 'the database');
      const isOld = heard === undefined || monotonic() - heard.at > readAnewAfter;
      if (isOld && (heard === undefined || Math.abs(aheadOfFramework()) > tolerance)) await listen();
      if (Math.abs(aheadOfFramework()) > tolerance) throw clockOff(aheadOfFramework(), 'the Bot Framework');
    },
    aheadMs() {
      if (aheadOfDatabase === undefined) return undefined;
      return Math.abs(aheadOfDatabase) > Math.abs(aheadOfFramework()) ? aheadOfDatabase : aheadOfFramework();
    },
  };
}

/** Tells the log within a minute when the clock is off, whether anybody probes or not, and when it is right again. */
export function watchClock({ check }: Pick<ClockCheck, 'check'>, log: Log): { stop(): void } {
  let isOff = false;
  const look = async () => {
    try {
      await check();
      if (isOff) log.info({}, 'the process clock is right again');
      isOff = false;
    } catch (err) {
      if (!(err instanceof ClockOff)) return;
      isOff = true;
      log.error({ err }, 'the process clock is off: nobody can be let in until it is set right');
    }
  };
  void look();
  const timer = setInterval(() => void look(), lookEvery).unref();
  return { stop: () => clearInterval(timer) };
}

/** The time by the `Date` header of the Bot Framework's OpenID configuration. */
export async function frameworkTime(openIdMetadata: string): Promise<number> {
  const answer = await ky.get(openIdMetadata, { timeout: patience, retry: 0, redirect: 'error' });
  const time = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(time)) throw new Error('the Bot Framework’s answer has no date');
  return time;
}

function clockOff(ahead: number, whose: string): ClockOff {
  const minutes = Math.round(Math.abs(ahead) / minute);
  return new ClockOff(`the process clock is ${minutes} min ${ahead > 0 ? 'ahead of' : 'behind'} that of ${whose}`);
}
