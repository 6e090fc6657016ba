/** One chaos run: a fleet, people at work, things that break, and what held. */
import { setTimeout as pause } from 'node:timers/promises';
import { connectToServer } from '../../src/adapters/store/backend.ts';
import { type Postgres, startPostgres } from '../build/postgres.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { type Fleet, startFleet } from '../fleet/fleet.ts';
import { mia, omar } from '../sandbox/people.ts';
import { ChaosDevices } from './devices.ts';
import { Disturber, type Moment } from './disturber.ts';
import { readHistory, unfinished } from './history.ts';
import { type Finding, findingsOf, type History } from './invariants.ts';
import { type Noticed, PeopleAtWork } from './people-at-work.ts';
import type { Schedule } from './schedule.ts';

/** What came of a run. */
export interface ChaosReport {
  readonly schedule: Schedule;
  readonly noticed: Noticed;
  readonly history: History;
  readonly findings: readonly Finding[];
  /** What was done to it; a stop of a replica that was not up is none. */
  readonly injected: readonly Moment[];
  /** How many calls met each kind of fault. */
  readonly met: ReadonlyMap<string, number>;
  /** How long it took after the last disturbance until nothing was in flight, in milliseconds; undefined: too long. */
  readonly restAfterMs: number | undefined;
  /** The conversations, the wire's end, and the replicas' last lines, for whoever has to find out why. */
  readonly evidence: () => string;
}

/** Unknown outcomes are looked for half a minute, a dead replica's jobs taken over after as long; then all of it again. */
const restPatience = 240_000;
const tellEvery = 10_000;

/**
 * Plays a schedule on a fleet of its own, waits until nothing is in flight, and looks at every promise.
 * @param progress is told what goes on, a line at a time
 */
export async function runChaos(schedule: Schedule, progress: (line: string) => void): Promise<ChaosReport> {
  const devices = new ChaosDevices(schedule.asks.length + 4);
  const postgres = await startPostgres();
  try {
    const fleet = await startFleet({
      postgres,
      replicas: schedule.replicas,
      seed: schedule.seed,
      sandbox: { devices: devices.all, defender: { listLagMs: 1_000, cancelLagMs: 500 } },
    });
    try {
      return await playOn(fleet, postgres, devices, schedule, progress);
    } finally {
      await fleet.stop();
    }
  } finally {
    await postgres.stop();
  }
}

async function playOn(
  fleet: Fleet,
  postgres: Postgres,
  devices: ChaosDevices,
  schedule: Schedule,
  progress: (line: string) => void,
): Promise<ChaosReport> {
  const { sandbox } = fleet;
  const people = new PeopleAtWork(sandbox, devices);
  const disturber = new Disturber(fleet, postgres, people);
  await sandbox.tokenService.signIn(mia);
  await sandbox.tokenService.signIn(omar);
  const began = performance.now();
  const at = async (moment: number) => {
    await pause(Math.max(0, began + moment - performance.now()));
  };
  const plays = schedule.asks.map(async (ask) => {
    await at(ask.at);
    await people.play(ask);
  });
  const breaks = schedule.disturbances.map(async (disturbance) => {
    await at(disturbance.at);
    if (disturbance.kind !== 'fault') progress(`${Math.round(disturbance.at / 1000)} s: ${disturbance.kind}`);
    await disturber.disturb(disturbance);
  });
  await Promise.all(breaks);
  await at(schedule.durationMs);
  sandbox.faults.clear();
  await Promise.all(plays);
  progress('waiting until nothing is in flight');
  const backend = connectToServer(fleet.databaseUrl, silentLog);
  try {
    const restAfterMs = await rest(people, () => unfinishedIn(backend.db), progress);
    const { confirmed } = people.noticed;
    const history = await readHistory({ sandbox, db: backend.db, confirmed, moments: disturber.moments });
    const findings = findingsOf(history);
    const { noticed } = people;
    const met = faultsMet(fleet);
    const injected = disturber.moments;
    return { schedule, noticed, history, findings, injected, met, restAfterMs, evidence: () => evidenceOf(fleet) };
  } finally {
    await backend.close();
  }
}

type Db = ReturnType<typeof connectToServer>['db'];

async function unfinishedIn(db: Db): Promise<readonly string[]> {
  const { jobs } = await unfinished(db);
  const open = await db.selectFrom('request').select('id').where('state', '=', 'confirmed').execute();
  return [...jobs, ...open.map(({ id }) => `request ${id} is open`)];
}

/** Nobody stays signed out: people sign in where a card asks them to. */
async function rest(
  people: PeopleAtWork,
  left: () => Promise<readonly string[]>,
  progress: (line: string) => void,
): Promise<number | undefined> {
  const began = performance.now();
  let told = began;
  while (performance.now() - began < restPatience) {
    await people.signInWhereAsked();
    const open = await left();
    if (open.length === 0) return Math.round(performance.now() - began);
    if (performance.now() - told > tellEvery) {
      told = performance.now();
      progress(`${open.length} are left: ${open.slice(0, 3).join(', ')}`);
    }
    await pause(1_000);
  }
  return undefined;
}

function faultsMet({ sandbox }: Fleet): ReadonlyMap<string, number> {
  const met = new Map<string, number>();
  for (const { data } of sandbox.journal.events) {
    if (typeof data.fault === 'string') met.set(data.fault, (met.get(data.fault) ?? 0) + 1);
  }
  return met;
}

function evidenceOf(fleet: Fleet): string {
  const logs = fleet.lines.map((line) => line.slice(0, 2_000));
  return [fleet.sandbox.transcript(), fleet.sandbox.journal.tail(2_000), ...logs].join('\n');
}
