/** Runs that were never run, for tests. */
import type { ContestantName, RunResult, StartResult, TaskName, TaskResult } from './results.ts';

const quiet: TaskResult = {
  contestant: 'botbuilder',
  task: 'echo',
  round: 0,
  requests: 192,
  perSecond: 400,
  repliedP50: 30,
  repliedP99: 100,
  answeredP50: 32,
  answeredP99: 110,
  cpuMsPerRequest: 2,
  benchShare: 0.3,
};
const started: StartResult = {
  contestant: 'botbuilder',
  round: 0,
  coldMs: 1_000,
  rssAfterStartMb: 100,
  rssAfterLoadMb: 120,
  idleShare: 0,
};

/** One contestant at one task, round by round, each with its own changes. */
export function tasksOf(
  contestant: ContestantName,
  task: TaskName,
  rounds: readonly Partial<TaskResult>[],
): TaskResult[] {
  return rounds.map((changes, round) => ({ ...quiet, contestant, task, round, ...changes }));
}

/** The starts of one contestant, round by round. */
export function startsOf(contestant: ContestantName, rounds: readonly Partial<StartResult>[]): StartResult[] {
  return rounds.map((changes, round) => ({ ...started, contestant, round, ...changes }));
}

/** A run on a quiet machine: three rounds of the botbuilder echo at 400 a second, and what is given. */
export function aRun(changes: Partial<RunResult> = {}): RunResult {
  const { tasks = [], starts = [], ...rest } = changes;
  return {
    at: '2026-11-24T19:30:00.000Z',
    node: 'v24.21.0',
    processor: 'a processor',
    processors: 2,
    rounds: 3,
    started: 'bot/main.ts',
    busyBefore: 0.01,
    firstStarts: [],
    clickToPostMs: [],
    clicksLost: 0,
    ...rest,
    tasks: [...tasksOf('botbuilder', 'echo', [{}, {}, {}]), ...tasks],
    starts: [...startsOf('botbuilder', [{}, {}, {}]), ...starts],
  };
}
