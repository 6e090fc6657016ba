/** Where numbers and traces go. The names are the ecosystem's own, but for the two of `/metrics`. */
import type { TelemetrySettings } from '../src/adapters/telemetry/telemetry.ts';
import { Secret } from '../src/domain/secret.ts';
import type { ConfigReader } from './config-reader.ts';

/** The port that Prometheus' list of ports gives OpenTelemetry's exporter. */
const usualPort = 9464;

/** Reads the variables. A connection string is never repeated. */
export function readTelemetry(read: ConfigReader): TelemetrySettings {
  const host = read.listenHost('METRICS_HOST') ?? '127.0.0.1';
  const port = read.number('METRICS_PORT', usualPort, 0, 65_535);
  return {
    metrics: port === 0 ? undefined : { host, port },
    otlpEndpoint: otlpEndpointFrom(read),
    azureMonitor: connectionStringFrom(read),
  };
}

/** Often a collector beside the bot, so http is taken, too: nothing that goes there is secret. */
function otlpEndpointFrom(read: ConfigReader): string | undefined {
  const value = read.text('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url !== null && isPlain && /^https?:$/.test(url.protocol)) return value.replace(/\/+$/, '');
  read.fault(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'must be the base URL of an OTLP receiver over HTTP',
    'http://127.0.0.1:4318',
  );
  return undefined;
}

function connectionStringFrom(read: ConfigReader): TelemetrySettings['azureMonitor'] {
  const value = read.text('APPLICATIONINSIGHTS_CONNECTION_STRING');
  if (value === undefined) return undefined;
  if (/(?:^|;)\s*InstrumentationKey=[0-9a-f-]{36}\s*(?:;|$)/i.test(value)) return new Secret('connectionString', value);
  const example = 'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://…';
  read.fault('APPLICATIONINSIGHTS_CONNECTION_STRING', 'is no connection string of Application Insights', example);
  return undefined;
}
