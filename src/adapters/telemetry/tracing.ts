import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { ConversationId, RequestId } from '../../domain/ids.ts';
import { contextOf, type SpanNames } from './request-trace.ts';
import { about, currentSubject, learn, type Subject, type SubjectIds } from './subject.ts';

/** How a step is shown. */
interface StepOptions {
  readonly ids?: SubjectIds;
  /** `client`: it calls somebody else. */
  readonly kind?: 'internal' | 'client';
}

/**
 * Spans of work, and what the log says it was about. A span carries ids, kinds and statuses, and never a name, a reason, a
 * token, or the text of an error: traces go to whoever watches the bot, and not only to responders.
 */
export class Tracing {
  readonly #tracer: Tracer;
  readonly #names: SpanNames;

  constructor(tracer: Tracer, names: SpanNames) {
    this.#tracer = tracer;
    this.#names = names;
  }

  /** One activity of the chat. Which request it is about turns out on the way (`learn`). */
  turn<Value>(conversation: ConversationId | undefined, work: () => Value): Value {
    return about(subjectOf(conversation === undefined ? {} : { conversation }, undefined), work);
  }

  /** A request was proposed: its trace begins where the activity that asked for it came in. */
  asked(request: RequestId): void {
    learn({ request });
    const startTime = currentSubject()?.beganAt ?? Date.now();
    const begin = () => this.#tracer.startSpan('request asked', { root: true, startTime }, ROOT_CONTEXT);
    const span = this.#names.firstOf(request, begin);
    span.setAttributes(attributesOf({ ...currentSubject()?.whole.ids, request }));
    span.end();
  }

  /** Work on one request, in the trace of that request. A sweep that it is a part of is linked. */
  async inRequest<Value>(request: RequestId, name: string, work: (span: Span) => Promise<Value>): Promise<Value> {
    const before = currentSubject();
    const isWithin = before?.whole.ids.request === request;
    const parent = isWithin ? contextUnder(before?.span, contextOf(request)) : contextOf(request);
    const links: Link[] = before?.span === undefined || isWithin ? [] : [{ context: before.span.spanContext() }];
    const span = this.#tracer.startSpan(name, { links, attributes: attributesOf({ request }) }, parent);
    const subject = isWithin && before !== undefined ? { ...before, span } : subjectOf({ request }, span);
    return await run(subject, span, work);
  }

  /** A part of the work at hand; a trace of its own where there is none. */
  async step<Value>(
    name: string,
    { ids = {}, kind = 'internal' }: StepOptions,
    work: (span: Span) => Promise<Value>,
  ): Promise<Value> {
    const before = currentSubject();
    const options = { attributes: attributesOf(ids), kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL };
    const span = this.#tracer.startSpan(name, options, this.#contextOfStep(before));
    const subject = before === undefined ? { ...subjectOf({}, span), own: ids } : { ...before, own: ids, span };
    return await run(subject, span, work);
  }

  /** In a turn there is a request before there is a span. */
  #contextOfStep(before: Subject | undefined): Context {
    const request = before?.whole.ids.request;
    return contextUnder(before?.span, request === undefined ? ROOT_CONTEXT : contextOf(request));
  }
}

function subjectOf(ids: SubjectIds, span: Span | undefined): Subject {
  return { whole: { ids }, own: {}, span, beganAt: Date.now() };
}

function contextUnder(span: Span | undefined, otherwise: Context): Context {
  return span === undefined ? otherwise : trace.setSpan(ROOT_CONTEXT, span);
}

async function run<Value>(subject: Subject, span: Span, work: (span: Span) => Promise<Value>): Promise<Value> {
  try {
    return await about(subject, () => work(span));
  } catch (error) {
    fail(span, error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Marks a span as failed.
 * @param why a word of ours: a status, a kind of problem, the name of an error
 */
export function fail(span: Span, why: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', why);
}

/** As attributes of a span. */
function attributesOf(ids: SubjectIds): Attributes {
  return Object.fromEntries(Object.entries(ids).map(([what, id]) => [`collector.${what}`, id]));
}
