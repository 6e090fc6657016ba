/** How each queue behaves, and how many of its jobs one replica works on at once. */
import type { PgBoss, QueueOptions, QueuePolicy } from 'pg-boss';
import type { QueueName } from './job-payloads.ts';

interface QueueSettings {
  /**
   * `singleton`: one active job per key. Coalescing into one waiting job is done when sending, by updating the
   * waiting job under a row lock; pg-boss's `stately` would do it by refusing the second, which loses the news
   * when the first is fetched before the change behind the second is committed.
   */
  readonly policy: QueuePolicy;
  /** Workers of one replica. Handlers mostly wait for the network, so more than cores. */
  readonly workers: number;
  /** How often a replica looks for delayed jobs, in seconds; one that is due at once comes by NOTIFY. */
  readonly pollSeconds: number;
  readonly retryLimit: number;
}

/** Where jobs end that have used up their retries. Nobody works it; an operator looks at it. */
export const deadLetterQueue = 'dead';

/** At most one try a minute: 5,000 tries outlast the three days for which an action is followed. */
const stubborn = 5_000;

/** Settings per queue. */
export const queueSettings: { readonly [Queue in QueueName]: QueueSettings } = {
  announce: { policy: 'singleton', workers: 3, pollSeconds: 1, retryLimit: stubborn },
  lookUp: { policy: 'singleton', workers: 2, pollSeconds: 2, retryLimit: stubborn },
  submit: { policy: 'singleton', workers: 4, pollSeconds: 1, retryLimit: stubborn },
  follow: { policy: 'singleton', workers: 2, pollSeconds: 1, retryLimit: stubborn },
  expire: { policy: 'standard', workers: 1, pollSeconds: 2, retryLimit: stubborn },
  offerSignIn: { policy: 'standard', workers: 1, pollSeconds: 2, retryLimit: 10 },
  retain: { policy: 'singleton', workers: 1, pollSeconds: 60, retryLimit: stubborn },
  chainAudit: { policy: 'standard', workers: 1, pollSeconds: 5, retryLimit: stubborn },
};

/** A job's time, in seconds. Its handler's signal aborts then, and another worker may take it. */
export const jobSeconds = 60;
/** A worker that has not been heard of for so long is taken for dead, in seconds. At least 10. */
const heartbeatSeconds = 20;

/**
 * pg-boss deletes jobs that have waited for longer, in seconds: however long the bot was stopped, it goes on where it was.
 * A job's `keep_until` lies so long after it was first due, whatever became of it since.
 */
export const waitSeconds = 10 * 365 * 86_400;

/** Makes the queues, or brings the settings of existing ones up to date. */
export async function makeQueues(boss: PgBoss, queues: readonly QueueName[]): Promise<void> {
  await boss.createQueue(deadLetterQueue);
  for (const queue of queues) {
    const { policy, retryLimit } = queueSettings[queue];
    const options = {
      retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: jobSeconds,
      heartbeatSeconds,
      deleteAfterSeconds: 3_600,
      retentionSeconds: waitSeconds,
    } satisfies QueueOptions;
    await boss.createQueue(queue, { ...options, policy, deadLetter: deadLetterQueue, notify: true });
    await boss.updateQueue(queue, { ...options, deadLetter: deadLetterQueue, notify: true });
  }
}
