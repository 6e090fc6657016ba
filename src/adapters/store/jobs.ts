import type { Kysely } from 'kysely';
import type { Job as BossJob, JobResult, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { GivenUp } from '../../domain/given-up.ts';
import type { AadObjectId, RequestId } from '../../domain/ids.ts';
import { day, second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';
import type { DeadLetters } from './dead-letters.ts';
import { type JobHandlers, payloadReaders, type QueueName, queueNames } from './job-payloads.ts';
import { beginSweep, type JobSender } from './job-sender.ts';
import { queueSettings } from './queues.ts';
import type { Database } from './schema.ts';
import { Team } from './team.ts';
import { requestId } from './wire-values.ts';

/** How long a stop waits for the jobs at work; then they are given back, for another replica or the next start. */
const stopPatienceMs = 10_000;

/**
 * What a failed job's row says. pg-boss keeps the error that a handler throws, with its cause and every field, and an
 * error from the network may hold what must not be kept; so the real one goes to the log only, and this has no cause.
 */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/** Sees each job that is tried. `work` never throws: how it ended, which is passed on, says what became of it. */
export type JobWatch = (
  job: { readonly queue: QueueName; readonly request: RequestId | undefined },
  work: () => Promise<JobResult>,
) => Promise<JobResult>;

/** A worker looks by itself only in case nobody wakes it; see `Team`. */
const workerOptions = {
  pollingIntervalSeconds: 60,
  notifyPollingIntervalSeconds: 60,
  perJobResults: true,
} as const;

const unwatched: JobWatch = (_job, work) => work();
const aboutRequest = z.object({ request: requestId });

/** The workers of this replica. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #db: Kysely<Database>;
  readonly #sender: JobSender;
  readonly #dead: DeadLetters;
  readonly #log: Log;
  readonly #teams: Team[] = [];

  constructor(boss: PgBoss, db: Kysely<Database>, sender: JobSender, dead: DeadLetters, log: Log) {
    this.#boss = boss;
    this.#db = db;
    this.#sender = sender;
    this.#dead = dead;
    this.#log = log;
  }

  /**
   * Starts to work. A handler that throws is called again after 1 s, then ever more seldom, at least once a minute,
   * until its queue's retries are used up and the job lies in the dead letter queue. One that throws `GivenUp` lies there
   * at once.
   */
  async work(handlers: JobHandlers, watch: JobWatch = unwatched): Promise<void> {
    const all: JobHandlers = {
      ...handlers,
      follow: async (payload, signal) => {
        await beginSweep(this.#db, payload.watcher);
        await handlers.follow(payload, signal);
      },
      announce: async (payload, signal) => {
        await handlers.announce(payload, signal);
        await this.#dead.delivered(payload.request);
      },
      retain: async (payload, signal) => {
        await handlers.retain(payload, signal);
        await this.#sender.sendLater(this.#db, { queue: 'retain', payload }, day);
      },
    };
    for (const queue of queueNames) {
      const { pollSeconds, workers } = queueSettings[queue];
      const team = new Team(pollSeconds * second, (worker) => this.#boss.notifyWorker(worker));
      this.#teams.push(team);
      for (let started = 0; started < workers; started += 1) await this.#startWorker(queue, team, all, watch);
    }
  }

  /** Plans a watcher's next sweep, not later than `afterMs` from now; an earlier plan stands. */
  async scheduleSweep(watcher: AadObjectId, afterMs: number): Promise<void> {
    await this.#sender.sendLater(this.#db, { queue: 'follow', payload: { watcher } }, afterMs);
  }

  /** Announces a request `afterMs` from now; an announcement that waits already takes this time. */
  async scheduleAnnounce(request: RequestId, afterMs: number): Promise<void> {
    await this.#sender.sendLater(this.#db, { queue: 'announce', payload: { request } }, afterMs);
  }

  /** Deletes what is too old now, and from then on once a day. */
  async startRetention(): Promise<void> {
    await this.#sender.sendLater(this.#db, { queue: 'retain', payload: {} }, 0);
  }

  /** Takes no new jobs, waits so long for those at work, and gives back the rest. */
  async stop(patienceMs = stopPatienceMs): Promise<void> {
    for (const team of this.#teams) team.stop();
    await this.#boss.stop({ graceful: true, timeout: patienceMs, close: true });
  }

  async #startWorker<Queue extends QueueName>(
    queue: Queue,
    team: Team,
    handlers: JobHandlers,
    watch: JobWatch,
  ): Promise<void> {
    let worker: string | undefined;
    worker = await this.#boss.work<object, unknown, typeof workerOptions>(queue, workerOptions, async (jobs) => {
      if (worker !== undefined) team.begins(worker);
      const results: JobResult[] = [];
      for (const job of jobs) {
        const { data } = aboutRequest.safeParse(job.data);
        results.push(await watch({ queue, request: data?.request }, () => this.#run(queue, handlers, job)));
      }
      if (worker !== undefined) team.ends(worker);
      return results;
    });
    team.join(worker);
  }

  async #run<Queue extends QueueName>(queue: Queue, handlers: JobHandlers, job: BossJob): Promise<JobResult> {
    try {
      await handlers[queue](payloadReaders[queue].parse(job.data), job.signal);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      const isGivenUp = error instanceof GivenUp;
      const isLast = isGivenUp || job.retryCount >= queueSettings[queue].retryLimit;
      const fields = { err: error, queue, job: job.id, failures: job.retryCount + 1 };
      if (isLast) this.#log.error(fields, 'a job failed for good, and lies among the dead letters');
      else this.#log.warn(fields, 'a job failed, and will be tried again');
      return {
        id: job.id,
        status: isGivenUp ? 'deadletter' : 'failed',
        output: new JobFailed(`See the log for job ${job.id}.`),
      };
    }
  }
}
