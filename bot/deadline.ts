/** Somebody else's service did not answer in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Waits for `work`, but not longer than `ms`. botbuilder's clients have no timeout of their own.
 * @throws DeadlineError when the time is up; the work itself goes on, its result is dropped
 */
export async function within<Value>(ms: number, what: string, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`${what} did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** A time that several waits share: the second one has what the first has left. */
export class Budget {
  readonly #until: number;

  /** @param ms from now */
  constructor(ms: number) {
    this.#until = performance.now() + ms;
  }

  /** Waits as `within` does, for what is left. */
  within<Value>(what: string, work: Promise<Value>): Promise<Value> {
    return within(Math.max(0, Math.round(this.#until - performance.now())), what, work);
  }
}
