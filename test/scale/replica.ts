/**
 * One replica's store and use cases, as `bot/compose.ts` puts them together, on a simulated clock. pg-boss' workers look
 * for jobs by real timers; here they stand still, and whoever moves the clock lets them look.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect } from 'kysely';
import type { Job, JobResult } from 'pg-boss';
import { createPoster } from '../../bot/teams/poster.ts';
import { createDefender } from '../../src/adapters/defender/defender-client.ts';
import { type Backend, connectToServer } from '../../src/adapters/store/backend.ts';
import type { JobHandlers } from '../../src/adapters/store/job-payloads.ts';
import { openOn, type Store } from '../../src/adapters/store/open-store.ts';
import type { Database } from '../../src/adapters/store/schema.ts';
import { openPool } from '../../src/adapters/store/server-pool.ts';
import { announce } from '../../src/app/announce.ts';
import { decide } from '../../src/app/decide.ts';
import { sweep } from '../../src/app/follow.ts';
import { lookUp } from '../../src/app/look-up.ts';
import { offerSignIn } from '../../src/app/sign-in.ts';
import { submit } from '../../src/app/submit.ts';
import { minute, second } from '../../src/domain/instant.ts';
import type { Assertions } from '../../src/ports.ts';
import { tenantId } from '../build/ids.ts';
import { insist } from '../build/insist.ts';
import { cardContext } from '../cards/card-context.ts';
import { Conversation } from '../fakes/announcer.ts';
import { appId, Exchange } from '../fakes/people-signed-in.ts';
import { RecordingLog } from '../fakes/recording-log.ts';
import type { SimulatedTeams } from './simulated-teams.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** What one job asked of the database, the worker's own two statements (take, complete) left out. */
export interface JobCost {
  statements: number;
  /** How many requests it changed. */
  changes: number;
}

/** The world that all replicas share. */
export interface World {
  readonly databaseUrl: string;
  readonly defenderUrl: string;
  readonly teams: SimulatedTeams;
  readonly time: SimulatedTime;
  readonly assertions: Assertions;
}

/** A job that was tried. */
export interface TriedJob extends JobCost {
  readonly isDone: boolean;
}

type Hand = (jobs: readonly Job[]) => Promise<readonly JobResult[]>;

/** A running replica. */
export interface Replica {
  readonly store: Store;
  readonly db: Kysely<Database>;
  readonly log: RecordingLog;
  /** Does one job of the queue that is due, if there is one that nobody else does. */
  workOnce(queue: string): Promise<TriedJob | undefined>;
}

/** `FOLLOW_INTERVAL_SECONDS`, as it is by default. */
export const simulatedPaceMs = 20 * second;

const costs = new AsyncLocalStorage<JobCost>();

/** Opens the store, making its tables if need be, and starts to work, job by job. */
export async function startReplica(world: World): Promise<Replica> {
  const log = new RecordingLog();
  const { backend, hands } = countedBackend(world.databaseUrl, log);
  const store = await openOn(backend, log);
  await world.time.governJobs();
  await store.jobs.work(handlersOf(world, store, log));
  return {
    store,
    log,
    db: backend.db,
    async workOnce(queue) {
      const [job] = await insist(() => backend.boss.fetch<object>(queue));
      const hand = hands.get(queue);
      if (job === undefined || hand === undefined) return undefined;
      const cost: JobCost = { statements: 0, changes: 0 };
      const signal = new AbortController().signal;
      const [result] = await costs.run(cost, () => hand([{ ...job, signal }]));
      const isDone = result?.status === 'completed';
      if (isDone) await insist(() => backend.boss.complete(queue, job.id));
      else await insist(() => backend.boss.fail(queue, job.id));
      return { ...cost, isDone };
    },
  };
}

function countedBackend(databaseUrl: string, log: RecordingLog) {
  const usual = connectToServer(databaseUrl, log);
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPool({ url: databaseUrl }, log) }),
    log: ({ query }) => {
      const cost = costs.getStore();
      if (cost === undefined) return;
      cost.statements += 1;
      if (query.sql.startsWith('update "request"')) cost.changes += 1;
    },
  });
  const hands = new Map<string, Hand>();
  Object.defineProperties(usual.boss, {
    work: {
      value: async (queue: string, _options: object, hand: Hand) => {
        hands.set(queue, hand);
        return queue;
      },
    },
    notifyWorker: { value: () => undefined },
  });
  const close = async () => {
    await db.destroy();
    await usual.close();
  };
  const backend: Backend = { ...usual, db, close };
  return { backend, hands };
}

function handlersOf({ defenderUrl, teams, time, assertions }: World, store: Store, log: RecordingLog): JobHandlers {
  const options = { apiUrl: defenderUrl, budget: store.budget, log };
  const announcer = createPoster({
    ...{ adapter: teams.adapter, conversations: store.conversations, pace: store.pace, cards: cardContext, log },
    audience: async () => 'own',
    rest: {
      postTargeted: () => Promise.reject(new Error('nobody was to be told in private')),
      openPersonal: () => Promise.reject(new Error('nobody was to be told in 1:1')),
    },
  });
  const ports = {
    ...{ log, assertions, announcer, offers: new Conversation() },
    store: store.requests,
    posts: store.posts,
    audit: store.audit,
    onBehalfOf: new Exchange(),
    defender: createDefender({ ...options, priority: 'person' }),
    app: { appId, tenant: tenantId() },
    clock: () => time.now,
    monotonic: () => performance.now(),
    youngMs: simulatedPaceMs,
    proposalTtlMs: 30 * minute,
    scheduleSweep: store.jobs.scheduleSweep.bind(store.jobs),
    announceLater: store.jobs.scheduleAnnounce.bind(store.jobs),
  };
  const background = createDefender({ ...options, priority: 'background' });
  return {
    announce: ({ request }) => announce(ports, request),
    lookUp: ({ request }) => lookUp(ports, request),
    submit: ({ request, collection, round }) => submit(ports, request, collection, round),
    follow: ({ watcher }) => sweep({ ...ports, defender: background }, watcher),
    expire: async ({ request }) => {
      await decide(ports.store, request, { type: 'timePassed' });
    },
    offerSignIn: ({ request, person }) => offerSignIn(ports, request, person),
    retain: async () => undefined,
    chainAudit: ({ numbers }) => store.chainAudit(numbers),
  };
}
