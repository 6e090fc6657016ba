import type { Log } from '../../src/ports.ts';
import { type Budget, DeadlineError } from '../deadline.ts';

/** In place of a result: the client has to be answered now, the work goes on. */
export const tooLate: unique symbol = Symbol('too late');

/** Waits for work within the budget. A failure after that is nobody's answer any more, so it goes to the log. */
export async function inTime<Value>(
  log: Log,
  budget: Budget,
  what: string,
  work: Promise<Value>,
): Promise<Value | typeof tooLate> {
  try {
    return await budget.within(what, work);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    log.warn({ what }, 'an invoke was answered before the work for it was done');
    work.catch((err: unknown) => log.warn({ what, err }, 'the work for an invoke failed after its answer'));
    return tooLate;
  }
}
