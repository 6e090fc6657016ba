/** What a run found, as it lies in the JSON. */
import { z } from 'zod';

/** Who is measured: our bot on each of its stores, the echo bots of three SDKs, and Node without any. */
const contestantName = z.enum(['collectorPostgres', 'collectorEmbedded', 'botbuilder', 'agents', 'teams', 'bare']);
export type ContestantName = z.infer<typeof contestantName>;

/** What is asked: a line that is echoed, `/help`, or `/collect`. */
const taskName = z.enum(['echo', 'help', 'collect']);
export type TaskName = z.infer<typeof taskName>;

const taskResult = z.object({
  contestant: contestantName,
  task: taskName,
  /** From 0. */
  round: z.number(),
  requests: z.number(),
  /** Requests a second within bursts: answered over HTTP, and the reply at the connector. */
  perSecond: z.number(),
  /** From the message to the reply's arrival at the connector, in milliseconds. */
  repliedP50: z.number(),
  repliedP99: z.number(),
  /** From the message to the end of the HTTP answer, in milliseconds. */
  answeredP50: z.number(),
  answeredP99: z.number(),
  /** Of the bot's process, with all that a request causes later, and without what the process does at rest. */
  cpuMsPerRequest: z.number(),
  /** How much of one processor load and stand-ins took within bursts, from 0 to a little more than 1. */
  benchShare: z.number(),
});

/** One contestant at one task in one round. */
export type TaskResult = z.infer<typeof taskResult>;

const startResult = z.object({
  contestant: contestantName,
  round: z.number(),
  /** From the start of the process to the arrival of the first reply, in milliseconds. */
  coldMs: z.number(),
  /** In MB of a million bytes. */
  rssAfterStartMb: z.number(),
  rssAfterLoadMb: z.number(),
  /** How much of one processor it takes at rest. */
  idleShare: z.number(),
});

/** One start of a contestant. */
export type StartResult = z.infer<typeof startResult>;

/** A whole run, as it is read from a file. */
export const runResult = z.object({
  /** ISO 8601. */
  at: z.string(),
  node: z.string(),
  processor: z.string(),
  processors: z.number(),
  rounds: z.number(),
  /** What `npm start` started, as arguments of Node. */
  started: z.string(),
  /** How many processors others kept busy before the first round. */
  busyBefore: z.number(),
  /** The very first start of each of our stores, which makes the tables, in milliseconds to the first reply. */
  firstStarts: z.array(z.object({ contestant: contestantName, coldMs: z.number() })),
  starts: z.array(startResult),
  tasks: z.array(taskResult),
  /** From the click on Collect to the arrival of the POST at Defender, while a burst is on, in milliseconds. */
  clickToPostMs: z.array(z.number()),
  /** Clicks after which no POST came within half a minute. */
  clicksLost: z.number(),
});

/** A whole run. */
export type RunResult = z.infer<typeof runResult>;

/** The tasks of one contestant, round by round. */
export function roundsOf({ tasks }: RunResult, contestant: ContestantName, task: TaskName): readonly TaskResult[] {
  return tasks.filter((each) => each.contestant === contestant && each.task === task);
}

/** The starts of one contestant, round by round. */
export function startsOf({ starts }: RunResult, contestant: ContestantName): readonly StartResult[] {
  return starts.filter((each) => each.contestant === contestant);
}
