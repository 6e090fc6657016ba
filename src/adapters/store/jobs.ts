import type { Kysely } from 'kysely';
import type { Job as BossJob, PgBoss } from 'pg-boss';
import type { AadObjectId } from '../../domain/ids.ts';
import type { Log } from '../../ports.ts';
import { type JobHandlers, payloadReaders, type QueueName, queueNames } from './job-payloads.ts';
import { beginSweep, type JobSender } from './job-sender.ts';
import { queueSettings } from './queues.ts';
import type { Database } from './schema.ts';

/** How long a stop waits for the jobs at work; then they are given back, for another replica or the next start. */
const stopPatienceMs = 10_000;

/**
 * What a failed job's row says. pg-boss keeps the error that a handler throws, with its cause and every field, and an
 * error from the network may hold what must not be kept; so the real one goes to the log only, and this has no cause.
 */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/** The workers of this replica. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #db: Kysely<Database>;
  readonly #sender: JobSender;
  readonly #log: Log;

  constructor(boss: PgBoss, db: Kysely<Database>, sender: JobSender, log: Log) {
    this.#boss = boss;
    this.#db = db;
    this.#sender = sender;
    this.#log = log;
  }

  /**
   * Starts to work. A handler that throws is called again after 1 s, then ever more seldom, at least once a minute,
   * until its queue's retries are used up and the job lies in the dead letter queue.
   */
  async work(handlers: JobHandlers): Promise<void> {
    const all: JobHandlers = {
      ...handlers,
      follow: async (payload, signal) => {
        await beginSweep(this.#db, payload.watcher);
        await handlers.follow(payload, signal);
      },
    };
    for (const queue of queueNames) {
      for (let started = 0; started < queueSettings[queue].workers; started += 1) await this.#startWorker(queue, all);
    }
  }

  /** Plans a watcher's next sweep, not later than `afterMs` from now; an earlier plan stands. */
  async scheduleSweep(watcher: AadObjectId, afterMs: number): Promise<void> {
    await this.#sender.scheduleSweep(this.#db, watcher, afterMs);
  }

  /** Takes no new jobs, waits up to 10 s for those at work, and gives back the rest. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: stopPatienceMs, close: true });
  }

  async #startWorker<Queue extends QueueName>(queue: Queue, handlers: JobHandlers): Promise<void> {
    const { pollSeconds } = queueSettings[queue];
    const options = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
    let worker: string | undefined;
    worker = await this.#boss.work<object>(queue, options, async (jobs) => {
      for (const job of jobs) await this.#run(queue, handlers, job);
      // Something may have waited for this very job: look again at once, not after a pause.
      if (worker !== undefined) this.#boss.notifyWorker(worker);
    });
  }

  async #run<Queue extends QueueName>(queue: Queue, handlers: JobHandlers, job: BossJob): Promise<void> {
    try {
      await handlers[queue](payloadReaders[queue].parse(job.data), job.signal);
    } catch (error) {
      this.#log.error({ err: error, queue, job: job.id, failures: job.retryCount + 1 }, 'a job failed');
      throw new JobFailed(`See the log for job ${job.id}.`);
    }
  }
}
