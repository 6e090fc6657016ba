/**
 * Every number that the bot tells of itself, defined once for all who ask: `/metrics`, OTLP and Azure Monitor. Names are
 * Prometheus' own, so that one search finds a number in the code, the dashboard, the alerts and the runbook.
 */
import type { Defender } from '../../ports.ts';

interface Instrument {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly name: `collector_${string}`;
  readonly unit: string;
  readonly description: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
  /** What a counter counts from 0 on: Prometheus sees no increase where a counter begins with its first 1. */
  readonly zeros?: readonly Readonly<Record<string, string>>[];
}

const defenderCalls: readonly (keyof Defender)[] = [
  ...(['device', 'devicesNamed', 'devicesNear', 'collect', 'action', 'actionsOnDevice'] as const),
  ...(['actionsOfRequestor', 'actionsSince', 'cancel', 'packageLink'] as const),
];

const quick = [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900];
const minutesToDays = [30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200];

/**
 * Counters and histograms are of one process, since it began. Gauges that say 'in the store' are read from the database:
 * every replica tells the same, so take their maximum and not their sum.
 */
export const instruments = {
  requests: {
    kind: 'gauge',
    name: 'collector_requests',
    unit: '{request}',
    description:
      'In the store: what was asked for, by what came of it. A confirmed request counts once per device. Old ones leave after RETENTION_DAYS.',
    labels: ['outcome'],
  },
  deadLetters: {
    kind: 'gauge',
    name: 'collector_dead_letters',
    unit: '{job}',
    description: 'In the store: jobs that were given up, by the queue that they came from.',
    labels: ['queue'],
  },
  queueDepth: {
    kind: 'gauge',
    name: 'collector_queue_depth',
    unit: '{job}',
    description: 'In the store: jobs that are due and not done, those at work included.',
    labels: ['queue'],
  },
  queueOldest: {
    kind: 'gauge',
    name: 'collector_queue_oldest_seconds',
    unit: 's',
    description: 'In the store: how long the oldest such job has been due, its failed attempts included.',
    labels: ['queue'],
  },
  defenderCallsLeft: {
    kind: 'gauge',
    name: 'collector_defender_calls_left',
    unit: '{call}',
    description: 'In the store: calls that Defender’s limit still allows in this minute or hour, for all replicas.',
    labels: ['api', 'window'],
  },
  defenderPaused: {
    kind: 'gauge',
    name: 'collector_defender_paused_seconds',
    unit: 's',
    description: 'In the store: how long nobody calls this API, because Defender answered 429.',
    labels: ['api'],
  },
  defenderCalls: {
    kind: 'counter',
    name: 'collector_defender_calls_total',
    unit: '{call}',
    description: 'Calls to Defender, by what they were for and by status, or what stood in the way.',
    labels: ['call', 'result'],
    zeros: defenderCalls.map((call) => ({ call, result: '429' })),
  },
  clickToDefender: {
    kind: 'histogram',
    name: 'collector_click_to_defender_seconds',
    unit: 's',
    description: 'From the click that sets a collection going (Collect, or Approve) until its first POST is sent.',
    labels: [],
    buckets: quick,
  },
  confirmedToFinal: {
    kind: 'histogram',
    name: 'collector_confirmed_to_final_seconds',
    unit: 's',
    description: 'From that click until the collection is final.',
    labels: ['outcome'],
    buckets: minutesToDays,
  },
  finalToTold: {
    kind: 'histogram',
    name: 'collector_final_to_told_seconds',
    unit: 's',
    description: 'From the end of a request until its closing message is posted.',
    labels: [],
    buckets: quick,
  },
  sweeps: {
    kind: 'counter',
    name: 'collector_sweeps_total',
    unit: '{sweep}',
    description: 'Sweeps over what a watcher follows: done, or failed and to be repeated.',
    labels: ['result'],
    zeros: [{ result: 'done' }, { result: 'failed' }],
  },
  jobs: {
    kind: 'counter',
    name: 'collector_jobs_total',
    unit: '{job}',
    description: 'Jobs that were tried, by queue and by how that ended.',
    labels: ['queue', 'result'],
  },
  signInFailures: {
    kind: 'counter',
    name: 'collector_sign_in_failures_total',
    unit: '{failure}',
    description: 'Times that nobody could act as a person, by reason.',
    labels: ['reason'],
    zeros: [{ reason: 'botRefused' }, { reason: 'consentMissing' }],
  },
  strangersRefused: {
    kind: 'counter',
    name: 'collector_strangers_refused_total',
    unit: '{request}',
    description: 'Requests, messages and clicks that were turned away at a door, by reason.',
    labels: ['reason'],
  },
  credentialExpiry: {
    kind: 'gauge',
    name: 'collector_credential_expiry_seconds',
    unit: 's',
    description:
      'How long the bot’s own credential is still good; absent where that is not known (a secret) or never ends.',
    labels: ['credential'],
  },
  clockOffset: {
    kind: 'gauge',
    name: 'collector_clock_offset_seconds',
    unit: 's',
    description:
      'How far this process’ clock is ahead of others’, by the one that it differs from most; negative: behind.',
    labels: [],
  },
  ready: {
    kind: 'gauge',
    name: 'collector_ready',
    unit: '1',
    description: '1 when /readyz answers 200: database and signing keys are there, the clock is right. Else 0.',
    labels: [],
  },
} as const satisfies Readonly<Record<string, Instrument>>;

type Instruments = typeof instruments;

/** The names by which the code calls the instruments of a kind. */
export type InstrumentOf<Kind extends Instrument['kind']> = {
  [Name in keyof Instruments]: Instruments[Name]['kind'] extends Kind ? Name : never;
}[keyof Instruments];

/** A value for each label of an instrument: few words of ours, never an id, a name, or what people typed. */
export type Labels<Name extends keyof Instruments> = {
  readonly [Label in Instruments[Name]['labels'][number]]: string;
};

/** One value of a gauge. */
export type Reading = {
  readonly [Name in InstrumentOf<'gauge'>]: {
    readonly gauge: Name;
    readonly value: number;
    readonly labels: Labels<Name>;
  };
}[InstrumentOf<'gauge'>];
