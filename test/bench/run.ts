/** All rounds: everybody in each of them, in another order. */
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { start } from './contestant-process.ts';
import { type Contestant, startArguments, titles } from './contestants.ts';
import { type Effort, type Found, measure } from './measure.ts';
import { busyProcessors, machineTimes } from './process-cost.ts';
import type { RunResult } from './results.ts';
import type { World } from './world.ts';

/** What is run. */
export interface Plan extends Effort {
  readonly rounds: number;
  readonly contestants: readonly Contestant[];
  /** For logs. */
  readonly folder: string;
  /** Told what happens, line by line. */
  readonly say: (line: string) => void;
}

/** How long the machine is watched before anything is started. */
const watching = 2_000;

/** Runs all of it. */
export async function run(world: World, plan: Plan): Promise<RunResult> {
  const busyBefore = await busyNow();
  const ours = plan.contestants.filter(({ keepsLimits }) => keepsLimits);
  const firstStarts: RunResult['firstStarts'] = [];
  for (const contestant of ours) firstStarts.push(await firstStart(world, plan, contestant));
  const found: Found[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const contestant of rotated(plan.contestants, round)) {
      plan.say(`round ${round + 1} of ${plan.rounds}: ${titles[contestant.name]}`);
      found.push(await measure(contestant, round, world, plan, plan.folder));
    }
  }
  const clicks = found.flatMap((each) => each.clickToPostMs);
  return {
    at: new Date().toISOString(),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    rounds: plan.rounds,
    started: startArguments().join(' '),
    busyBefore,
    firstStarts,
    starts: found.map((each) => each.start),
    tasks: found.flatMap((each) => each.tasks),
    clickToPostMs: clicks.filter((ms) => ms !== undefined),
    clicksLost: clicks.filter((ms) => ms === undefined).length,
  };
}

/** Another one begins each round, so that nobody always follows the same one. */
export function rotated<Value>(list: readonly Value[], by: number): readonly Value[] {
  const first = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

async function busyNow(): Promise<number> {
  const before = machineTimes();
  await delay(watching);
  return busyProcessors(before, machineTimes(), cpus().length);
}

/** Makes the tables, and says how long that took. */
async function firstStart(world: World, { folder, say }: Plan, contestant: Contestant) {
  say(`first start: ${titles[contestant.name]}`);
  const running = await start(contestant, world, folder);
  await running.stop();
  return { contestant: contestant.name, coldMs: running.coldMs };
}
