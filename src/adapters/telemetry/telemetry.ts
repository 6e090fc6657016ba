/** Numbers and traces, and where they go. Nobody who asks: nothing of the SDK is even loaded. */
import { createNoopMeter, ProxyTracerProvider } from '@opentelemetry/api';
import type { Secret } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { Metrics } from './metrics.ts';
import { SpanNames } from './request-trace.ts';
import { Tracing } from './tracing.ts';

/** The name under which numbers and spans go out. */
export const scope = 'collector';

/** Where numbers and traces go. */
export interface TelemetrySettings {
  /** Where `GET /metrics` is answered, apart from everything else; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** The base URL of an OTLP receiver over HTTP; traces and numbers are sent there. */
  readonly otlpEndpoint: string | undefined;
  /** Application Insights' connection string; traces and numbers are sent there, too. */
  readonly azureMonitor: Secret<'connectionString'> | undefined;
}

/** What the bot tells of its work, besides the log. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** Sends what is left, as far as that is quickly done. Never throws: what went wrong is in the log. */
  stop(): Promise<void>;
}

/** Starts it. A port that is taken, or a receiver that is away, is told in the log: people's work goes on. */
export async function startTelemetry(settings: TelemetrySettings, log: Log): Promise<Telemetry> {
  const { metrics, otlpEndpoint, azureMonitor } = settings;
  if (metrics === undefined && otlpEndpoint === undefined && azureMonitor === undefined) return silentTelemetry();
  const { openExports } = await import('./exports.ts');
  const names = new SpanNames();
  const { meter, tracer, stop } = await openExports(settings, names, log);
  return { metrics: new Metrics(meter), tracing: new Tracing(tracer ?? silentTracer(), names), stop };
}

/** Tells nobody anything; the log still learns what each line is about. */
export function silentTelemetry(): Telemetry {
  return {
    metrics: new Metrics(createNoopMeter()),
    tracing: new Tracing(silentTracer(), new SpanNames()),
    stop: async () => undefined,
  };
}

function silentTracer() {
  return new ProxyTracerProvider().getTracer(scope);
}
