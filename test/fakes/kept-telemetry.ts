/** Telemetry over OpenTelemetry's real SDK, kept in memory for a test to read. */
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { Metrics } from '../../src/adapters/telemetry/metrics.ts';
import { PrometheusReader } from '../../src/adapters/telemetry/readers.ts';
import { SpanNames } from '../../src/adapters/telemetry/request-trace.ts';
import type { Telemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { Tracing } from '../../src/adapters/telemetry/tracing.ts';

/** What it keeps. */
export interface KeptTelemetry extends Telemetry {
  /** Spans that have ended, in that order. */
  spans(): readonly ReadableSpan[];
  /** As `/metrics` would answer, without comments, and without counters that have counted nothing. */
  numbers(): Promise<readonly string[]>;
}

/** One process' telemetry. */
export function keptTelemetry(): KeptTelemetry {
  const exporter = new InMemorySpanExporter();
  const names = new SpanNames();
  const traces = new TracerProvider({ idGenerator: names, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const prometheus = new PrometheusReader({ preventServerStart: true });
  const meters = new MeterProvider({ readers: [prometheus] });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  return {
    metrics: new Metrics(meters.getMeter('test')),
    tracing: new Tracing(traces.getTracer('test'), names),
    spans: () => exporter.getFinishedSpans(),
    numbers: async () => {
      const { resourceMetrics } = await prometheus.collect();
      return serializer
        .serialize(resourceMetrics)
        .split('\n')
        .filter((line) => line !== '' && !/^#|_total(?:\{.*\})? 0$/.test(line));
    },
    stop: async () => undefined,
  };
}
