/** What was promised of our bot's speed and size, and whether a run kept it. */
import { type RunResult, roundsOf, type StartResult, startsOf, type TaskResult } from './results.ts';
import { type Measured, measured, percentile, ratioOf } from './statistics.ts';

/** A target. Ratios are to the echo bot of botbuilder, round by round. */
export interface Target {
  readonly title: string;
  readonly unit: '×' | 's';
  readonly wanted: 'at least' | 'at most';
  readonly limit: number;
}

/** What came of a target; undefined where the run did not measure it. */
export interface Verdict {
  readonly target: Target;
  readonly value: Measured | undefined;
  /** By the median of the rounds. */
  readonly isMet: boolean;
}

/** All targets, in the order of the table. */
export function verdicts(run: RunResult): readonly Verdict[] {
  const echo = roundsOf(run, 'botbuilder', 'echo');
  const echoStarts = startsOf(run, 'botbuilder');
  const help = roundsOf(run, 'collectorPostgres', 'help');
  const collect = roundsOf(run, 'collectorPostgres', 'collect');
  const embedded = roundsOf(run, 'collectorEmbedded', 'collect');
  const starts = startsOf(run, 'collectorPostgres');
  const ofTasks = (ours: readonly TaskResult[], pick: (each: TaskResult) => number) => ratio(ours, echo, pick);
  const ofStarts = (pick: (each: StartResult) => number) => ratio(starts, echoStarts, pick);
  const second = startsOf(run, 'collectorEmbedded').map(({ coldMs }) => coldMs / 1_000);
  // One whose POST never came is slower than any other.
  const lost = Array.from({ length: run.clicksLost }, () => Number.POSITIVE_INFINITY);
  const clicks = [...run.clickToPostMs.map((ms) => ms / 1_000), ...lost];
  const perSecond = (each: TaskResult) => each.perSecond;
  return [
    atLeast('edge alone (`/help`): throughput', 3, ofTasks(help, perSecond)),
    atLeast('whole command on PostgreSQL: throughput', 1, ofTasks(collect, perSecond)),
    atMost(
      'whole command on PostgreSQL: p99 to the card',
      1,
      '×',
      ofTasks(collect, (each) => each.repliedP99),
    ),
    atMost(
      'cold start to the first reply, PostgreSQL',
      0.7,
      '×',
      ofStarts((each) => each.coldMs),
    ),
    atMost(
      'memory after the start, PostgreSQL',
      1.2,
      '×',
      ofStarts((each) => each.rssAfterStartMb),
    ),
    atLeast('whole command on the embedded store: throughput', 0.45, ofTasks(embedded, perSecond)),
    atMost('second start on the embedded store', 1.5, 's', second.length === 0 ? undefined : measured(second)),
    atMost('click to Defender’s POST under that load: p99', 1, 's', slowest(clicks)),
  ];
}

function ratio<Each>(ours: readonly Each[], echo: readonly Each[], pick: (each: Each) => number): Measured | undefined {
  return ours.length === 0 || ours.length !== echo.length ? undefined : ratioOf(ours.map(pick), echo.map(pick));
}

function slowest(seconds: readonly number[]): Measured | undefined {
  if (seconds.length === 0) return undefined;
  return { median: percentile(seconds, 0.99), least: Math.min(...seconds), most: Math.max(...seconds) };
}

function atLeast(title: string, limit: number, value: Measured | undefined): Verdict {
  const isMet = value !== undefined && value.median >= limit;
  return { target: { title, unit: '×', wanted: 'at least', limit }, value, isMet };
}

function atMost(title: string, limit: number, unit: Target['unit'], value: Measured | undefined): Verdict {
  const isMet = value !== undefined && value.median <= limit;
  return { target: { title, unit, wanted: 'at most', limit }, value, isMet };
}
