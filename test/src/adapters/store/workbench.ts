import { EventEmitter, once } from 'node:events';
import type { Job, JobHandlers, QueueName } from '../../../../src/adapters/store/job-payloads.ts';

/** Handlers that note what they get, and do as a test says. A key is the request's id, or the watcher's. */
export class Workbench {
  readonly #begun: Job[] = [];
  readonly #news = new EventEmitter();
  readonly #held = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, Error>();

  readonly handlers: JobHandlers = {
    announce: (payload) => this.#take({ queue: 'announce', payload }, payload.request),
    lookUp: (payload) => this.#take({ queue: 'lookUp', payload }, payload.request),
    submit: (payload) => this.#take({ queue: 'submit', payload }, payload.request),
    follow: (payload) => this.#take({ queue: 'follow', payload }, payload.watcher),
    expire: (payload) => this.#take({ queue: 'expire', payload }, payload.request),
    offerSignIn: (payload) => this.#take({ queue: 'offerSignIn', payload }, payload.request),
    retain: (payload) => this.#take({ queue: 'retain', payload }, ''),
    chainAudit: (payload) => this.#take({ queue: 'chainAudit', payload }, ''),
  };

  /** Keeps the first job of this key from ending until the returned function is called. */
  hold(queue: QueueName, key: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(`${queue} ${key}`, promise);
    return resolve;
  }

  /** Lets the first job of this key fail. */
  failOnce(queue: QueueName, key: string, error: Error): void {
    this.#failures.set(`${queue} ${key}`, error);
  }

  /** How many jobs of this key have begun. */
  count(queue: QueueName, key: string): number {
    return this.#of(queue, key).length;
  }

  /** Waits until the n-th job of this key has begun. */
  async begun(queue: QueueName, key: string, n = 1): Promise<Job> {
    for (;;) {
      const job = this.#of(queue, key)[n - 1];
      if (job !== undefined) return job;
      await once(this.#news, 'begun');
    }
  }

  #of(queue: QueueName, key: string): readonly Job[] {
    return this.#begun.filter((job) => job.queue === queue && JSON.stringify(job.payload).includes(key));
  }

  async #take(job: Job, key: string): Promise<void> {
    this.#begun.push(job);
    this.#news.emit('begun');
    const name = `${job.queue} ${key}`;
    const failure = this.#failures.get(name);
    if (this.#failures.delete(name) && failure !== undefined) throw failure;
    await this.#held.get(name);
  }
}
