/**
 * The trace of a request is named by its id: trace id is the id without its dashes. So every process continues it, today
 * or after a restart, nothing has to be stored for it, and whoever has a request id from a card or the log finds its trace.
 */
import { randomBytes } from 'node:crypto';
import { type Context, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import type { RequestId } from '../../domain/ids.ts';

/** The names of a trace's first span. */
interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** The first span of a request's trace. A version 4 GUID is never all zeros, in neither part. */
function rootOf(request: RequestId): SpanIds {
  const traceId = request.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16) };
}

/** As whose part a span of this request begins, wherever its first span was made. */
export function contextOf(request: RequestId): Context {
  const root: SpanContext = { ...rootOf(request), traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, root);
}

/** Makes the ids of spans (the SDK's `IdGenerator`): at random, but for the first span of a request. */
export class SpanNames {
  #next: SpanIds | undefined;

  /** Runs `begin`, which starts exactly one span without a parent: the first one of the request. */
  firstOf<Begun>(request: RequestId, begin: () => Begun): Begun {
    this.#next = rootOf(request);
    try {
      return begin();
    } finally {
      this.#next = undefined;
    }
  }

  generateTraceId(): string {
    return this.#next?.traceId ?? randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return this.#next?.spanId ?? randomBytes(8).toString('hex');
  }
}
