import type { Span } from '@opentelemetry/api';
import type { JobResult } from 'pg-boss';
import type { JobWatch } from '../store/jobs.ts';
import type { Telemetry } from './telemetry.ts';
import { fail } from './tracing.ts';

/** Each job is a span in the trace of its request, and counted; a sweep, which is of no request, has a trace of its own. */
export function watchedJobs({ metrics, tracing }: Telemetry): JobWatch {
  return async ({ queue, request }, work) => {
    const name = `job ${queue}`;
    const counted = async (span: Span) => {
      const ended = await work();
      const result = wordOf(ended);
      metrics.count('jobs', { queue, result });
      if (queue === 'follow') metrics.count('sweeps', { result });
      if (result !== 'done') fail(span, result);
      return ended;
    };
    return request === undefined
      ? await tracing.step(name, {}, counted)
      : await tracing.inRequest(request, name, counted);
  };
}

function wordOf({ status }: JobResult): 'done' | 'failed' | 'givenUp' {
  if (status === 'completed') return 'done';
  return status === 'deadletter' ? 'givenUp' : 'failed';
}
