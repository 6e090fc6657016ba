import type { CorrelationId } from './ids.ts';

/**
 * How a call to Defender failed, before anybody has decided what it means for the request.
 * `problem-of-failure.ts` turns it into a Problem; `sent` decides whether a POST may be repeated.
 */
export type DefenderFailure =
  /** Defender answered with an error status. `code` is empty where the body named none. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly code: string;
      /** Defender's English sentence: for telling a missing permission apart, never for branching elsewhere, never shown as is. */
      readonly message: string;
      /** From `Retry-After`, in milliseconds, capped at 10 minutes. */
      readonly retryAfterMs?: number;
      readonly correlationId?: CorrelationId;
    }
  /** No answer. `sent` is false only when the request surely did not reach Defender (DNS, refused, TLS, own deadline). */
  | { readonly kind: 'unanswered'; readonly sent: boolean }
  /** Not sent: the calls that Defender allows are used up (call-budget.ts). */
  | { readonly kind: 'noBudget'; readonly retryAfterMs: number }
  /** A 2xx whose body is not what the API documents. */
  | { readonly kind: 'unreadable'; readonly status: number };

/** A call's result: what Defender gave, or how it failed. Clients of Defender do not throw for these. */
export type DefenderResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: DefenderFailure };

/** What a log line may say of a failure: not Defender's sentence, which can quote what people typed. */
export function failureForLog(failure: DefenderFailure): Readonly<Record<string, unknown>> {
  if (failure.kind !== 'answered') return failure;
  const { kind, status, code, correlationId } = failure;
  return { kind, status, code, correlationId };
}
