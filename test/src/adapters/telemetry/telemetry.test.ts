import assert from 'node:assert/strict';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { z } from 'zod';
import { startTelemetry, type TelemetrySettings } from '../../../../src/adapters/telemetry/telemetry.ts';
import { newRequestId } from '../../../../src/domain/ids.ts';
import { RecordingLog } from '../../../fakes/recording-log.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { certificates } from '../../../sandbox/certificates.ts';
import { type WireServer, wireServer } from '../defender/wire-server.ts';

const nobody: TelemetrySettings = { metrics: undefined, otlpEndpoint: undefined, azureMonitor: undefined };
const root = join(import.meta.dirname, '..', '..', '..', '..');

describe('telemetry', function () {
  this.timeout(30_000);
  let receiver: WireServer;
  beforeEach(async () => {
    receiver = await wireServer((response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
    });
  });
  afterEach(() => receiver.close());
  const heardAt = (path: string) => receiver.heard.filter(({ url }) => url === path).map(({ body }) => body);

  it('that nobody wants loads nothing of the SDK', async () => {
    const program = `
      import { createRequire } from 'node:module';
      import { startTelemetry } from './src/adapters/telemetry/telemetry.ts';
      const nobody = { metrics: undefined, otlpEndpoint: undefined, azureMonitor: undefined };
      const { metrics } = await startTelemetry(nobody, console);
      metrics.count('sweeps', { result: 'done' });
      const { cache } = createRequire(import.meta.url);
      const loaded = Object.keys(cache).map((each) => each.split('node_modules/').pop().split('/').slice(0, 2).join('/'));
      console.log(JSON.stringify([...new Set(loaded)]));`;
    const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
    assert.deepEqual(JSON.parse(stdout), ['@opentelemetry/api']);
  });

  it('goes to an OTLP receiver: the spans of a request as one trace, and the numbers', async () => {
    const { tracing, metrics, stop } = await startTelemetry({ ...nobody, otlpEndpoint: receiver.url }, silentLog);
    const request = newRequestId();
    tracing.asked(request);
    await tracing.inRequest(request, 'job submit', async () => undefined);
    metrics.count('sweeps', { result: 'done' });
    metrics.readGauges(async () => [{ gauge: 'ready', value: 1, labels: {} }]);
    await stop();
    const spans = heardAt('/v1/traces').flatMap(spansOf);
    assert.deepEqual(
      spans.map(({ name, traceId }) => [name, traceId]),
      ['request asked', 'job submit'].map((name) => [name, request.replaceAll('-', '')]),
    );
    const numbers = heardAt('/v1/metrics').join();
    assert.match(numbers, /"collector_sweeps_total"/);
    assert.match(numbers, /"collector_ready".{1,200}"gauge".{1,200}"asDouble":1\}/);
    assert.match(numbers, /"service\.name".{1,40}"collector"/);
  });

  it('goes to Application Insights by its connection string', async () => {
    const { caFile, ...tls } = await certificates();
    const insights = await wireServer((response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
    }, tls);
    const request = newRequestId();
    // A process of its own: the exporter does not end its timers, and takes the machine's authorities.
    const program = `
      import { parseRequestId } from './src/domain/ids.ts';
      import { Secret } from './src/domain/secret.ts';
      import { startTelemetry } from './src/adapters/telemetry/telemetry.ts';
      const azureMonitor = new Secret('connectionString', process.argv[1]);
      const { tracing, stop } = await startTelemetry({ azureMonitor }, console);
      await tracing.inRequest(parseRequestId(process.argv[2]), 'job submit', async () => undefined);
      await stop();
      process.exit(0);`;
    const text = `InstrumentationKey=${newRequestId()};IngestionEndpoint=${insights.url}/`;
    const env = { NODE_EXTRA_CA_CERTS: caFile, APPLICATION_INSIGHTS_NO_STATSBEAT: '1' };
    try {
      await execa(process.execPath, ['--input-type=module', '-e', program, '--', text, request], { cwd: root, env });
    } finally {
      await insights.close();
    }
    const sent = insights.heard.map(({ body }) => body).join();
    assert.match(sent, /job submit/);
    assert.match(sent, new RegExp(`"ai.operation.id":"${request.replaceAll('-', '')}"`));
  });

  it('is asked for at a port of its own, which answers /metrics and nothing else', async () => {
    const metrics = { host: '127.0.0.1', port: await getPort() };
    const telemetry = await startTelemetry({ ...nobody, metrics }, silentLog);
    telemetry.metrics.count('sweeps', { result: 'done' });
    const at = (path: string) => fetch(`http://127.0.0.1:${metrics.port}${path}`);
    const answer = await at('/metrics');
    assert.equal(answer.headers.get('content-type'), 'text/plain');
    assert.match(await answer.text(), /^collector_sweeps_total\{result="done"\} 1$/m);
    for (const path of ['/', '/healthz', '/metrics/x', '/api/messages'])
      assert.equal((await at(path)).status, 404, path);
    await telemetry.stop();
    await assert.rejects(at('/metrics'));
  });

  it('says in the log that its port is taken, and the rest works', async () => {
    const log = new RecordingLog();
    const metrics = { host: '127.0.0.1', port: receiver.port };
    const { stop } = await startTelemetry({ ...nobody, metrics }, log);
    await stop();
    const [line] = log.lines;
    assert.deepEqual([line?.level, line?.fields.port], ['error', receiver.port]);
    assert.match(String(line?.fields.err), /EADDRINUSE/);
  });

  it('that cannot be sent is told in the log, and holds nobody up', async () => {
    const log = new RecordingLog();
    const otlpEndpoint = `http://127.0.0.1:${await getPort()}`;
    const { tracing, stop } = await startTelemetry({ ...nobody, otlpEndpoint }, log);
    await tracing.step('sweep', {}, async () => undefined);
    const began = performance.now();
    await stop();
    assert.ok(performance.now() - began < 1_500);
    assert.ok(log.lines.some(({ message }) => message.includes('telemetry')));
  });
});

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(z.object({ spans: z.array(z.object({ name: z.string(), traceId: z.string() })) })),
    }),
  ),
});

function spansOf(body: string) {
  const { resourceSpans } = exported.parse(JSON.parse(body));
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
