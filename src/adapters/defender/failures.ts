import { HTTPError, NetworkError, TimeoutError } from 'ky';
import type { DefenderFailure } from '../../domain/defender-failure.ts';
import { retryAfter } from './answer-headers.ts';
import { parseErrorBody } from './bodies.ts';
import { surelyUnsent } from './unsent.ts';

/** Our own deadline had passed before the request was handed to the network. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The calls that Defender allows are used up, so this one was not sent. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
  /** Milliseconds until there is a call again. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`Not sent: no call is left for ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The connection broke in the middle of an answer's body. */
export class BrokenBody extends Error {
  override readonly name = 'BrokenBody';
}

/**
 * What an error of the HTTP client means.
 * @param now milliseconds since 1970
 * @returns undefined for an error that is none of the wire's: a fault of ours
 */
export function failureOf(error: unknown, now: number): DefenderFailure | undefined {
  if (error instanceof HTTPError) return answered(error.response, error.data, now);
  if (error instanceof BudgetSpent) return { kind: 'noBudget', retryAfterMs: error.retryAfterMs };
  if (error instanceof DeadlinePassed) return { kind: 'unanswered', sent: false };
  if (error instanceof TimeoutError || error instanceof BrokenBody) return { kind: 'unanswered', sent: true };
  if (error instanceof NetworkError) return { kind: 'unanswered', sent: !surelyUnsent(error) };
  return undefined;
}

function answered({ status, headers }: Response, data: unknown, now: number): DefenderFailure {
  const body = parseErrorBody(data);
  const retryAfterMs = retryAfter(headers, now);
  const correlationId = body?.target;
  return {
    kind: 'answered',
    status,
    code: body?.code ?? '',
    message: body?.message ?? '',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
