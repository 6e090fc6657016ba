import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import getPort from 'get-port';
import { z } from 'zod';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const attribute = z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) });
const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes: z.array(attribute),
});
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

/** A span, and which process sent it. */
type Received = z.infer<typeof span> & { readonly process: string };

/** A receiver of OTLP traces over HTTP. */
class Receiver {
  readonly spans: Received[] = [];
  /** Every body, as text. */
  readonly bodies: string[] = [];
  readonly server: Server;
  readonly #news = new EventEmitter();

  constructor() {
    this.server = createServer(async (request, response) => {
      const body = await json(request);
      this.bodies.push(JSON.stringify(body));
      response.setHeader('content-type', 'application/json').end('{}');
      if (request.url !== '/v1/traces') return;
      for (const { resource, scopeSpans } of exported.parse(body).resourceSpans) {
        const instance = resource.attributes.find(({ key }) => key === 'service.instance.id')?.value.stringValue;
        for (const each of scopeSpans.flatMap(({ spans }) => spans))
          this.spans.push({ ...each, process: instance ?? '' });
      }
      this.#news.emit('news');
    }).listen(0, '127.0.0.1');
  }

  async url(): Promise<string> {
    if (!this.server.listening) await once(this.server, 'listening');
    const address = this.server.address();
    assert.ok(address !== null && typeof address === 'object');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Waits until a span of that name is here. */
  async has(name: string): Promise<Received> {
    for (;;) {
      const found = this.spans.find((each) => each.name === name);
      if (found !== undefined) return found;
      await once(this.#news, 'news');
    }
  }
}

describe('a request over a restart, seen from outside', function () {
  this.timeout(180_000);
  let stage: Stage;
  let receiver: Receiver;
  let scene: Scene;
  let metrics: string;
  /** What `/metrics` said just before the first process was killed, and at the end. */
  const scraped: string[] = [];
  /** What the first process wrote. */
  const log: string[] = [];
  const scrape = async () => (await fetch(metrics)).text();

  before(async () => {
    receiver = new Receiver();
    const METRICS_PORT = String(await getPort());
    metrics = `http://127.0.0.1:${METRICS_PORT}/metrics`;
    stage = await openStage(
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: await receiver.url(), METRICS_PORT, LOG_LEVEL: 'trace' },
    );
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const { progress } = sandbox.defender.switches;
    sandbox.defender.switches.progress = { ...progress, pendingMs: 6_000, inProgressMs: 2_000 };
    scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    await receiver.has('job submit');
    log.push(...stage.bot.lines);
    scraped.push(await scrape());
    await stage.bot.kill();
    await stage.restart();
    await scene.closing('Succeeded');
    await receiver.has('Teams tell closing');
    scraped.push(await scrape());
  });
  after(async () => {
    await stage.close();
    receiver.server.close();
    receiver.server.closeAllConnections();
  });

  const requestOf = ({ attributes }: Received) =>
    attributes.find(({ key }) => key === 'collector.request')?.value.stringValue;

  it('is one trace from the typed line to the closing message, by two processes', async () => {
    const asked = await receiver.has('request asked');
    const ours = receiver.spans.filter(({ traceId }) => traceId === asked.traceId);
    assert.equal(requestOf(asked)?.replaceAll('-', ''), asked.traceId);
    assert.equal(asked.parentSpanId ?? '', '');
    const names = new Set(ours.map(({ name }) => name));
    for (const name of ['click collect', 'job submit', 'Defender collect', 'job announce', 'Teams tell closing']) {
      assert.ok(names.has(name), `${name} is not among ${[...names].join(', ')}`);
    }
    assert.equal(new Set(ours.map(({ process }) => process)).size, 2);
    const elsewhere = receiver.spans.filter((each) => each.traceId !== asked.traceId && requestOf(each) !== undefined);
    assert.deepEqual(elsewhere, [], 'what is about the request is in its trace');
  });

  it('has no gap: every span of the trace hangs on another one of it', async () => {
    const { traceId, spanId } = await receiver.has('request asked');
    const ours = receiver.spans.filter((each) => each.traceId === traceId);
    const known = new Set(ours.map((each) => each.spanId));
    const loose = ours.filter((each) => each.spanId !== spanId && !known.has(each.parentSpanId ?? ''));
    assert.deepEqual(
      loose.map(({ name }) => name),
      [],
    );
  });

  it('tells nobody who watches the reason, a name, a device’s name, or a token', () => {
    const told = [...receiver.bodies, ...scraped].join('\n');
    for (const secret of [scene.reason, mia.name, fineDevice.computerDnsName, 'eyJ', 'q8~']) {
      assert.equal(told.includes(secret), false, secret);
    }
  });

  it('is counted and timed at /metrics, by the process that did it, and in the store for both', () => {
    const [before = '', after = ''] = scraped;
    assert.match(before, /^collector_click_to_defender_seconds_count 1$/m);
    assert.match(before, /^collector_requests\{outcome="(?:submitting|running)"\} 1$/m);
    assert.match(after, /^collector_requests\{outcome="succeeded"\} 1$/m);
    assert.match(after, /^collector_final_to_told_seconds_count 1$/m);
    assert.match(after, /^collector_sweeps_total\{result="done"\} [1-9]/m);
    assert.match(after, /^collector_ready 1$/m);
    assert.match(after, /^collector_dead_letters\{queue="announce"\} 0$/m);
    assert.match(after, /^collector_defender_calls_left\{api="collect",window="hour"\} 1499$/m);
  });

  it('is nowhere to be counted at the port where Teams and the world come in', async () => {
    assert.equal((await fetch(`${stage.bot.url}/metrics`)).status, 404);
  });

  it('has its ids on the lines of the log that are about it', async () => {
    const { traceId } = await receiver.has('request asked');
    const lines = log.flatMap((line) => (line.startsWith('{') ? [lineShape.parse(JSON.parse(line))] : []));
    const aboutIt = lines.filter(({ request }) => request?.replaceAll('-', '') === traceId);
    assert.ok(aboutIt.some(({ path }) => path === '/api/machines/{id}/collectInvestigationPackage'));
    for (const { conversation = '' } of aboutIt) assert.match(conversation, /^19:.*@thread\.tacv2/);
    const calls = lines.filter(({ call }) => call === 'defender');
    assert.ok(calls.every(({ device, action, request }) => device ?? action ?? request));
  });
});

const optional = z.string().optional();
const lineShape = z.looseObject({
  request: optional,
  conversation: optional,
  device: optional,
  action: optional,
  call: optional,
  path: optional,
});
