/** One contestant in one round: its start, its memory, and its tasks. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Burst, burst } from './burst.ts';
import { Clicks } from './clicks.ts';
import { type Running, start } from './contestant-process.ts';
import type { Contestant } from './contestants.ts';
import type { Message } from './crowd.ts';
import { cpuMsOf, residentMbOf } from './process-cost.ts';
import type { StartResult, TaskName, TaskResult } from './results.ts';
import { percentile } from './statistics.ts';
import { textOf } from './tasks.ts';
import type { World } from './world.ts';

/** How much is asked. */
export interface Effort {
  /** Bursts before those that count. */
  readonly warmUp: number;
  readonly bursts: number;
}

/** What a round found of one contestant. */
export interface Found {
  readonly start: StartResult;
  readonly tasks: readonly TaskResult[];
  /** Milliseconds by click; undefined where no POST came. */
  readonly clickToPostMs: readonly (number | undefined)[];
}

/** One that is being measured. */
interface Subject {
  readonly contestant: Contestant;
  readonly world: World;
  readonly running: Running;
  readonly idleShare: number;
  /** Only where somebody clicks beside the crowd. */
  readonly clicks: Clicks | undefined;
}

/**
 * Messages of a burst. A bot may write 50 times a second into its tenant (Teams' own limit), and ours keeps that with half a
 * second to spare: so many cards, each edited once, are what it may write at once.
 */
export const burstSize = 24;
const mostWritten = 50;
const limitWindow = 1_550;
/** Between two bursts of who keeps no limits. */
const pause = 100;
/** After its first answer a process still does what it put off. */
const settling = 700;
const restMs = 1_000;

/** Starts it, asks it everything, stops it. */
export async function measure(
  contestant: Contestant,
  round: number,
  world: World,
  effort: Effort,
  folder: string,
): Promise<Found> {
  const running = await start(contestant, world, folder);
  try {
    world.sandbox.setBotUrl(`http://127.0.0.1:${running.port}/api/messages`);
    const idleShare = await atRest(running);
    const rssAfterStartMb = await residentMbOf(running.pid);
    const clicks = contestant.name === 'collectorPostgres' ? new Clicks(world.sandbox) : undefined;
    const subject = { contestant, world, running, idleShare, clicks };
    const tasks: TaskResult[] = [];
    const clickToPostMs: (number | undefined)[] = [];
    for (const task of contestant.tasks) tasks.push(await perform(subject, task, round, effort, clickToPostMs));
    const { coldMs, pid } = running;
    const rssAfterLoadMb = await residentMbOf(pid);
    const name = { contestant: contestant.name, round };
    return { start: { ...name, coldMs, rssAfterStartMb, rssAfterLoadMb, idleShare }, tasks, clickToPostMs };
  } finally {
    await running.stop();
  }
}

/** So many bursts, and nothing measured: for a profile. */
export async function loadWith(
  subject: Pick<Subject, 'contestant' | 'world' | 'running'>,
  task: TaskName,
  bursts: number,
): Promise<void> {
  for (let turn = 0; turn < bursts; turn += 1) {
    await room(subject, task);
    await burst({ ...subject.world, port: subject.running.port }, nextOf(subject.world, task));
  }
  await room(subject, task);
}

async function atRest({ pid }: Running): Promise<number> {
  await delay(settling);
  const [cpuBefore, before] = [await cpuMsOf(pid), performance.now()];
  await delay(restMs);
  return ((await cpuMsOf(pid)) - cpuBefore) / (performance.now() - before);
}

async function perform(
  subject: Subject,
  task: TaskName,
  round: number,
  { warmUp, bursts }: Effort,
  clickToPostMs: (number | undefined)[],
): Promise<TaskResult> {
  const { contestant, running, idleShare } = subject;
  for (let turn = 0; turn < warmUp; turn += 1) await oneBurst(subject, task, clickToPostMs);
  await room(subject, task);
  const [cpuBefore, before] = [await cpuMsOf(running.pid), performance.now()];
  const done: Timed[] = [];
  for (let turn = 0; turn < bursts; turn += 1) done.push(await oneBurst(subject, task, clickToPostMs));
  await room(subject, task);
  const cpu = (await cpuMsOf(running.pid)) - cpuBefore - idleShare * (performance.now() - before);
  const answers = done.flatMap((each) => each.answers);
  const replied = answers.map((each) => each.repliedMs);
  const answered = answers.map((each) => each.answeredMs);
  const ms = done.reduce((sum, each) => sum + each.ms, 0);
  return {
    contestant: contestant.name,
    task,
    round,
    requests: answers.length,
    perSecond: (answers.length / ms) * 1_000,
    repliedP50: percentile(replied, 0.5),
    repliedP99: percentile(replied, 0.99),
    answeredP50: percentile(answered, 0.5),
    answeredP99: percentile(answered, 0.99),
    cpuMsPerRequest: cpu / answers.length,
    benchShare: done.reduce((sum, each) => sum + each.benchCpuMs, 0) / ms,
  };
}

/** A burst, and what this process spent on it. */
interface Timed extends Burst {
  readonly benchCpuMs: number;
}

async function oneBurst(subject: Subject, task: TaskName, clickToPostMs: (number | undefined)[]): Promise<Timed> {
  const { world, running } = subject;
  const clicks = task === 'collect' ? subject.clicks : undefined;
  const scene = await clicks?.prepare();
  await room(subject, task);
  const messages = nextOf(world, task);
  const before = process.cpuUsage();
  const clicked = scene === undefined ? undefined : clicks?.press(scene);
  const done = await burst({ ...world, port: running.port }, messages);
  const { user, system } = process.cpuUsage(before);
  if (clicked !== undefined) clickToPostMs.push(await clicked);
  return { ...done, benchCpuMs: (user + system) / 1_000 };
}

function nextOf(world: World, task: TaskName): readonly Message[] {
  return world.crowd.next(burstSize, textOf(task));
}

/** Waits until the bot may write all that the next burst makes it write. */
async function room({ contestant, world }: Pick<Subject, 'contestant' | 'world'>, task: TaskName): Promise<void> {
  if (!contestant.keepsLimits) return await delay(pause);
  const free = mostWritten - burstSize * (task === 'collect' ? 2 : 1);
  while (writtenWithin(world, limitWindow) > free) await delay(20);
}

function writtenWithin({ connector, sandbox }: World, ms: number): number {
  const since = Date.now() - ms;
  const events = sandbox.journal.events;
  const newest = events.slice(events.findLastIndex((event) => event.at < since) + 1);
  const isWriting = (name: string) => name === 'connector.send.received' || name === 'connector.update.received';
  return connector.writtenWithin(ms) + newest.filter((event) => isWriting(event.name)).length;
}
