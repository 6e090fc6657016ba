import assert from 'node:assert/strict';
import { once } from 'node:events';
import { NotAdmittedError } from '../../bot/not-admitted.ts';
import { createHttpServer, type ServerPorts } from '../../bot/server.ts';
import { silentTelemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { keptTelemetry } from '../fakes/kept-telemetry.ts';
import { keptLog } from '../src/adapters/defender/wire-server.ts';

const telemetry = silentTelemetry();
/** A tab that serves nothing. */
const nothingHere: ServerPorts['tab'] = (_request, _response, next) => next();

describe('the server', () => {
  /** Serves these ports, and hands over what came of a request to `path`, the last of `times`. */
  async function served(ports: Partial<ServerPorts>, path: string, init?: RequestInit, times = 1) {
    const log = keptLog();
    const quiet = { log, receive: async () => undefined, ready: async () => undefined, tab: nothingHere, telemetry };
    const server = createHttpServer({ ...quiet, teams: 'https://teams.microsoft.com', ...ports });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    try {
      const url = `http://127.0.0.1:${address.port}${path}`;
      for (let earlier = 1; earlier < times; earlier += 1) await (await fetch(url, init)).text();
      const answer = await fetch(url, init);
      return { status: answer.status, headers: answer.headers, text: await answer.text(), lines: log.lines };
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  const activity = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', channelId: 'msteams' }),
  };

  it('has nothing elsewhere, nothing to GET at /api/messages, and does not say what it is made of', async () => {
    for (const path of [
      '/api/messages',
      '/',
      '/api',
      '/metrics',
      '/../etc/passwd',
      '/healthz/..%2f..%2fpackage.json',
    ]) {
      const { status, headers, text } = await served({}, path);
      assert.deepEqual([status, text], [404, 'not found']);
      assert.equal(headers.get('x-powered-by'), null);
    }
    assert.equal((await served({}, '/api/messages', { method: 'PUT' })).status, 404);
  });

  it('says at /healthz that it lives, at /readyz that it is ready, and no more', async () => {
    assert.deepEqual([(await served({}, '/healthz')).text, (await served({}, '/readyz')).text], ['ok', 'ready']);
  });

  it('lets nobody but Teams frame a page, and a page load nothing but the bot’s own files', async () => {
    const { headers } = await served({}, '/healthz');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(
      policy,
      /frame-ancestors https:\/\/teams\.microsoft\.com https:\/\/\*\.teams\.microsoft\.com https:\/\/\*\.cloud\.microsoft(?:;|$)/,
    );
    assert.doesNotMatch(policy, /unsafe|data:|\*(?!\.)/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{7,}/);
    const dod = await served({ teams: 'https://dod.teams.microsoft.us' }, '/healthz');
    assert.match(
      dod.headers.get('content-security-policy') ?? '',
      /frame-ancestors https:\/\/dod\.teams\.microsoft\.us(?:;|$)/,
    );
  });

  it('gives whoever sends slowly 10 s for the headers and 30 s for all of it, and looks every 5 s', () => {
    const quiet = {
      log: keptLog(),
      receive: async () => undefined,
      ready: async () => undefined,
      tab: nothingHere,
      telemetry,
    };
    const { headersTimeout, requestTimeout } = createHttpServer({ ...quiet, teams: 'https://teams.microsoft.com' });
    assert.deepEqual([headersTimeout, requestTimeout], [10_000, 30_000]);
  });

  it('takes no more than 16 KB of headers', async () => {
    const { status } = await served({}, '/healthz', { headers: { 'x-long': 'x'.repeat(17_000) } });
    assert.equal(status, 431);
  });

  it('is not ready while the store or the keys are away, tells a stranger no more, and the log why', async () => {
    const ready = () => Promise.reject(new Error('postgres://secret@db is away'));
    const { status, text, lines } = await served({ ready }, '/readyz');
    assert.deepEqual([status, text], [503, 'not ready']);
    assert.match(String(lines[0]?.fields.err), /is away/);
    assert.equal((await served({ ready }, '/healthz')).status, 200);
  });

  for (const [status, text] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [503, 'try again later'],
  ] as const) {
    it(`answers a refusal with ${status}, and does not say why`, async () => {
      const receive = () => Promise.reject(new NotAdmittedError(status, 'the inner reason'));
      const answer = await served({ receive }, '/api/messages', activity);
      assert.deepEqual([answer.status, answer.text], [status, text]);
      assert.equal(answer.lines.length, 1);
    });
  }

  it('turns many strangers away with one line in the log, so that nobody can fill the disk', async () => {
    const receive = () => Promise.reject(new NotAdmittedError(401, 'the inner reason'));
    const { numbers, ...telemetry } = keptTelemetry();
    const { status, lines } = await served({ receive, telemetry }, '/api/messages', activity, 30);
    assert.deepEqual(await numbers(), ['collector_strangers_refused_total{reason="notSigned"} 30']);
    assert.equal(status, 401);
    assert.deepEqual(
      lines.map(({ fields }) => fields),
      [{ status: 401, why: 'the inner reason', total: 1, untold: 0 }],
    );
    const ready = () => Promise.reject(new Error('away'));
    assert.equal((await served({ ready }, '/readyz', undefined, 30)).lines.length, 1);
  });

  it('counts what is no activity, and whom the tab turns away', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    const nonsense = { ...activity, body: '{}' };
    assert.equal((await served({ telemetry }, '/api/messages', nonsense)).status, 400);
    const tab: ServerPorts['tab'] = (_request, response) => response.status(403).end();
    assert.equal((await served({ telemetry, tab }, '/tab/api/list')).status, 403);
    assert.deepEqual((await numbers()).toSorted(), [
      'collector_strangers_refused_total{reason="notAllowed"} 1',
      'collector_strangers_refused_total{reason="unreadable"} 1',
    ]);
  });

  it('answers what nobody foresaw with 500, and the log has it', async () => {
    const receive = () => Promise.reject(new Error('the inner reason'));
    const answer = await served({ receive }, '/api/messages', activity);
    assert.deepEqual([answer.status, answer.text], [500, 'internal error']);
    assert.match(String(answer.lines[0]?.fields.err), /the inner reason/);
  });

  it('passes on what an invoke is answered', async () => {
    const receive = async () => ({ status: 412, body: { failureDetail: 'no' } });
    const answer = await served({ receive }, '/api/messages', activity);
    assert.deepEqual([answer.status, JSON.parse(answer.text)], [412, { failureDetail: 'no' }]);
  });
});
