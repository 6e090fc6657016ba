/** The workers of one queue on this replica: they sleep until one of them is woken. */
export class Team {
  readonly #wake: (worker: string) => void;
  readonly #idle = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  /**
   * Each worker of pg-boss looks for due jobs by itself; a replica at rest would ask the database a dozen times a second.
   * Here an idle one looks for all.
   *
   * @param everyMs how often
   * @param wake has a worker look at once
   */
  constructor(everyMs: number, wake: (worker: string) => void) {
    this.#wake = wake;
    this.#timer = setInterval(() => this.#wakeOne(), everyMs).unref();
  }

  /** A worker that has started. */
  join(worker: string): void {
    this.#idle.add(worker);
  }

  /** It has got a job. Another one looks whether more are due. */
  begins(worker: string): void {
    this.#idle.delete(worker);
    this.#wakeOne();
  }

  /** Its job has ended. Something may have waited for this very job: it looks again at once, not after a pause. */
  ends(worker: string): void {
    this.#idle.add(worker);
    this.#wake(worker);
  }

  /** From now on nobody is woken by the time. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #wakeOne(): void {
    const [worker] = this.#idle;
    if (worker !== undefined) this.#wake(worker);
  }
}
