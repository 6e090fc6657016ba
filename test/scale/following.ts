/** An hour of following, and what it cost. */
import { hour, later, minute } from '../../src/domain/instant.ts';
import { followPace } from '../../src/domain/pace.ts';
import { mostWithin, percentile } from './numbers.ts';
import { simulatedPaceMs } from './replica.ts';
import { putRunning, type RunningPlan } from './running-actions.ts';
import { Simulation } from './simulation.ts';

/** What is followed, and for how long. */
export interface FollowingPlan extends RunningPlan {
  readonly replicas: number;
  readonly durationMs: number;
}

/** What was seen. */
export interface FollowingResult {
  readonly sweeps: number;
  /** Calls to Defender. */
  readonly calls: number;
  readonly refusedCalls: number;
  readonly mostCallsInAMinute: number;
  readonly mostCallsInAnHour: number;
  /** More lists than sweeps would be more than one each. */
  readonly lists: number;
  /** Of a sweep that finds nothing new: every number that there was. */
  readonly quietStatements: readonly number[];
  /** CPU time of a sweep that finds nothing new, the stand-ins' taken off, in milliseconds: the mean of all people. */
  readonly quietCpuMs: number;
  /** Of sweeps that found something: statements for each change, the quiet sweep's taken off. */
  readonly statementsPerChange: number;
  /** How many ends were awaited, and how many were never told. */
  readonly ends: number;
  readonly untold: number;
  /** From the end in Defender to the edited card, in intervals of the pace at that time. */
  readonly toldMedian: number;
  readonly toldP99: number;
  readonly toldMedianMs: number;
  readonly refusedPosts: number;
  readonly written: number;
  /** Jobs that had to be tried again. */
  readonly failures: readonly unknown[];
}

/** Lets everything be followed for that long. */
export async function follow(plan: FollowingPlan): Promise<FollowingResult> {
  const simulation = await Simulation.start(plan);
  try {
    const start = simulation.time.now;
    const ends = await putRunning(simulation, plan);
    await simulation.runUntil(later(start, plan.durationMs));
    const told = ends.map(({ at, card }) => {
      const edit = simulation.teams.written.find((each) => each.activity === card && each.at >= at);
      return edit === undefined
        ? undefined
        : { afterMs: edit.at - at, paceMs: followPace(at - start, simulatedPaceMs, plan.people) };
    });
    const seen = told.filter((each) => each !== undefined);
    const intervals = seen.map(({ afterMs, paceMs }) => afterMs / paceMs);
    return {
      ...callsOf(simulation),
      ...(await costOf(simulation)),
      ends: ends.length,
      untold: ends.length - seen.length,
      toldMedian: percentile(intervals, 0.5),
      toldP99: percentile(intervals, 0.99),
      toldMedianMs: percentile(
        seen.map(({ afterMs }) => afterMs),
        0.5,
      ),
      refusedPosts: simulation.teams.refused,
      written: simulation.teams.written.length,
      failures: simulation.failures,
    };
  } finally {
    await simulation.stop();
  }
}

function callsOf({ defender: { calls }, jobs }: Simulation) {
  const moments = calls.map(({ at }) => at);
  return {
    sweeps: jobs.filter(({ queue }) => queue === 'follow').length,
    calls: calls.length,
    refusedCalls: calls.filter(({ refused }) => refused).length,
    lists: calls.filter(({ api }) => api === 'actions').length,
    mostCallsInAMinute: mostWithin(moments, minute),
    mostCallsInAnHour: mostWithin(moments, hour),
  };
}

/** After all is told: everybody is swept once more, one after the other, so that what each sweep costs is its own. */
async function costOf(simulation: Simulation) {
  const { time, defender, jobs } = simulation;
  const busy = jobs.filter(({ queue, changes }) => queue === 'follow' && changes > 0);
  await time.moveTo(later(time.now, 10 * minute));
  const [before, standIn] = [process.threadCpuUsage(), defender.cpuMs];
  const quiet = (await simulation.workOneByOne('follow')).filter(({ changes }) => changes === 0);
  const { user, system } = process.threadCpuUsage(before);
  const quietStatements = [...new Set(quiet.map(({ statements }) => statements))];
  const mostQuiet = Math.max(...quietStatements);
  const changes = busy.reduce((sum, each) => sum + each.changes, 0);
  const statements = busy.reduce((sum, each) => sum + each.statements - mostQuiet, 0);
  return {
    quietStatements,
    quietCpuMs: ((user + system) / 1_000 - (defender.cpuMs - standIn)) / quiet.length,
    statementsPerChange: changes === 0 ? 0 : statements / changes,
  };
}
