/**
 * OpenTelemetry's SDK: everything that is costly to load. Nothing of it is registered globally, so libraries that look for
 * a global SDK stay silent, and what is told is what this folder tells.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DiagLogLevel, diag, type Meter, type Tracer } from '@opentelemetry/api';
import {
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import packageJson from '../../../package.json' with { type: 'json' };
import { minute, second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';
import { tellSometimes } from '../store/repeated-errors.ts';
import { PeriodicReader, PrometheusReader } from './readers.ts';
import type { SpanNames } from './request-trace.ts';
import { scope, type TelemetrySettings } from './telemetry.ts';

/** What is open. */
interface Exports {
  readonly meter: Meter;
  /** Absent where numbers are wanted, and no traces. */
  readonly tracer: Tracer | undefined;
  stop(): Promise<void>;
}

/** A process that is killed loses the spans of its last second, and no more. */
const spanDelay = second;
const metricEvery = minute;
/** The end of the process does not wait longer for a receiver that is away. */
const stopPatience = second;

/** Opens what the settings ask for. */
export async function openExports(settings: TelemetrySettings, names: SpanNames, log: Log): Promise<Exports> {
  tellFaults(log);
  const resource = resourceOfThisProcess();
  const targets = [...(await otlpTargets(settings)), ...(await azureTargets(settings))];
  const readers: IMetricReader[] = targets.map(
    ({ metrics }) => new PeriodicReader({ exporter: metrics, exportIntervalMillis: metricEvery }),
  );
  const prometheus = await openPrometheus(settings, log);
  const meters = new MeterProvider({
    resource,
    readers: prometheus === undefined ? readers : [...readers, prometheus],
  });
  const traces = await openTraces(
    targets.map(({ traces }) => traces),
    resource,
    names,
  );
  return {
    meter: meters.getMeter(scope),
    tracer: traces?.getTracer(scope),
    stop: async () => {
      const all = Promise.allSettled([traces?.shutdown(), meters.shutdown({ timeoutMillis: stopPatience })]);
      const ended = await Promise.race([all, pause(stopPatience, undefined, { ref: false })]);
      for (const each of ended ?? []) {
        if (each.status === 'rejected') log.warn({ err: each.reason }, 'the last of the telemetry was not sent');
      }
      if (ended === undefined) log.warn({}, 'the last of the telemetry was not sent in time');
    },
  };
}

/** Where traces and numbers go. */
interface Target {
  readonly traces: SpanExporter;
  readonly metrics: PushMetricExporter;
}

async function otlpTargets({ otlpEndpoint }: TelemetrySettings): Promise<readonly Target[]> {
  if (otlpEndpoint === undefined) return [];
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
  return [
    {
      traces: new OTLPTraceExporter({ url: `${otlpEndpoint}/v1/traces` }),
      metrics: new OTLPMetricExporter({ url: `${otlpEndpoint}/v1/metrics` }),
    },
  ];
}

async function azureTargets({ azureMonitor }: TelemetrySettings): Promise<readonly Target[]> {
  if (azureMonitor === undefined) return [];
  const azure = await import('@azure/monitor-opentelemetry-exporter');
  // What could not be sent is dropped: the file system may be read-only, and holds nothing that matters.
  const options = { connectionString: azureMonitor.reveal(), disableOfflineStorage: true };
  return [
    { traces: new azure.AzureMonitorTraceExporter(options), metrics: new azure.AzureMonitorMetricExporter(options) },
  ];
}

/** `/metrics` on a port of its own. People's collections matter more than being watched: a taken port ends nothing. */
async function openPrometheus({ metrics }: TelemetrySettings, log: Log): Promise<IMetricReader | undefined> {
  if (metrics === undefined) return undefined;
  const exporter = new PrometheusReader({ ...metrics, preventServerStart: true, withoutScopeInfo: true });
  try {
    await exporter.startServer();
  } catch (err) {
    log.error({ ...metrics, err }, 'nobody can listen where /metrics should be: the bot works, and is not watched');
    return undefined;
  }
  log.info(metrics, 'metrics');
  return exporter;
}

async function openTraces(exporters: readonly SpanExporter[], resource: Resource, names: SpanNames) {
  if (exporters.length === 0) return undefined;
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const spanProcessors = exporters.map(
    (exporter) => new BatchSpanProcessor({ exporter, scheduledDelayMillis: spanDelay }),
  );
  return new TracerProvider({ resource, spanProcessors, idGenerator: names });
}

/**
 * Each process has an instance id of its own. `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` count as everywhere;
 * without them the bot is called as its package.
 */
function resourceOfThisProcess(): Resource {
  const detected = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] });
  const { name, version } = packageJson;
  return resourceFromAttributes({ 'service.name': name, 'service.version': version }).merge(detected);
}

/** What the SDK has to complain of: a receiver that is away, a gauge that could not be read. */
function tellFaults(log: Log): void {
  const tell = tellSometimes(log, 'telemetry could not be read or sent', () => performance.now());
  const fault = (message: string, ...details: readonly unknown[]) => {
    tell(new Error(message, { cause: details.find((each) => each instanceof Error) }));
  };
  const nothing = () => undefined;
  const logger = { error: fault, warn: fault, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
