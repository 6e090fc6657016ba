import type { OnBehalfOf } from '../../ports.ts';
import type { Telemetry } from './telemetry.ts';
import { fail } from './tracing.ts';

/** The same exchange: each is a span, and what Entra refuses is counted by its reason. */
export function watchedOnBehalfOf(onBehalfOf: OnBehalfOf, { metrics, tracing }: Telemetry): OnBehalfOf {
  return {
    exchange: (assertion) =>
      tracing.step('Entra on-behalf-of', { kind: 'client' }, async (span) => {
        const result = await onBehalfOf.exchange(assertion);
        if (result.kind === 'token') return result;
        const { kind: reason, correlationId } = result.problem;
        metrics.count('signInFailures', { reason });
        fail(span, reason);
        if (correlationId !== undefined) span.setAttribute('collector.correlation', correlationId);
        return result;
      }),
  };
}
