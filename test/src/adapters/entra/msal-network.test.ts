import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import getPort from 'get-port';
import { createMsalNetwork, EntraUnavailable } from '../../../../src/adapters/entra/msal-network.ts';
import { type Answerer, json, type KeptLog, keptLog, type WireServer, wireServer } from '../defender/wire-server.ts';

const form = {
  body: 'client_secret=secret-marker&assertion=assertion-marker',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};

describe('createMsalNetwork', () => {
  let server: WireServer;
  let log: KeptLog;

  async function listen(answer: Answerer): Promise<void> {
    server = await wireServer(answer);
  }
  const post = (patience?: number) =>
    createMsalNetwork(log, patience).sendPostRequestAsync(`${server.url}/t/token?id=1`, form);

  async function troubleOf(call: Promise<unknown>): Promise<EntraUnavailable> {
    try {
      await call;
    } catch (error) {
      assert.ok(error instanceof EntraUnavailable, inspect(error));
      return error;
    }
    return assert.fail('it answered');
  }

  beforeEach(() => {
    log = keptLog();
  });
  afterEach(() => server.close());

  it('posts what MSAL gives, and hands back status and JSON', async () => {
    await listen((response) => json(response, 400, { error: 'invalid_grant' }));
    const { status, body } = await post();
    assert.deepEqual([status, body], [400, { error: 'invalid_grant' }]);
    assert.equal(server.heard[0]?.body, form.body);
    assert.equal(server.heard[0]?.headers['content-type'], form.headers['content-type']);
  });

  it('repeats once after 503', async () => {
    await listen((response, _, count) => (count === 1 ? json(response, 503, {}) : json(response, 200, { ok: true })));
    assert.deepEqual((await post()).body, { ok: true });
  });

  it('repeats once after a reset, also a POST: an exchange starts nothing', async () => {
    await listen((response, _, count) => (count === 1 ? response.socket?.resetAndDestroy() : json(response, 200, {})));
    assert.equal((await post()).status, 200);
  });

  it('repeats no more than once', async () => {
    await listen((response) => json(response, 503, {}));
    assert.equal((await troubleOf(post())).trouble, 'busy');
    assert.equal(server.heard.length, 2);
  });

  for (const status of [429, 500, 502, 504]) {
    it(`calls ${status} busy, without repeating it, so that MSAL does not hold it against everybody`, async () => {
      await listen((response) => json(response, status, { error: 'x' }, { 'retry-after': '60' }));
      assert.equal((await troubleOf(post())).trouble, 'busy');
      assert.equal(server.heard.length, 1);
    });
  }

  it('hides the Retry-After of a refusal from MSAL, which would refuse other people for it', async () => {
    await listen((response) => json(response, 400, { error: 'x' }, { 'retry-after': '60', 'x-ms-request-id': 'r' }));
    const { headers } = await post();
    assert.equal(headers['retry-after'], undefined);
    assert.equal(headers['x-ms-request-id'], 'r');
  });

  for (const [what, body] of [
    ['HTML', '<html>token-marker</html>'],
    ['a list', '["token-marker"]'],
    ['half a JSON', '{"access_token":"token-marker'],
    ['nothing', ''],
  ] as const) {
    it(`calls ${what} unreadable instead of crashing`, async () => {
      await listen((response) => response.end(body));
      const error = await troubleOf(post());
      assert.equal(error.trouble, 'unreadable');
      assert.ok(!inspect(error, { depth: 9 }).includes('marker'));
    });
  }

  it('does not wait longer than its time, neither for an answer nor for the rest of a body', async () => {
    await listen((response, _, count) => {
      if (count === 1) return;
      response.writeHead(200);
      response.write('{');
    });
    assert.equal((await troubleOf(post(150))).trouble, 'tooLate');
    assert.equal((await troubleOf(post(150))).trouble, 'tooLate');
  });

  it('says so when nobody listens, with the network’s own error as cause', async () => {
    await listen(() => undefined);
    const error = await troubleOf(
      createMsalNetwork(log).sendPostRequestAsync(`http://127.0.0.1:${await getPort()}/`, form),
    );
    assert.equal(error.trouble, 'noAnswer');
    // The HTTP client's error around it would hold the request.
    assert.ok(error.cause instanceof TypeError);
    assert.match(inspect(error.cause), /ECONNREFUSED/);
  });

  it('does not follow a redirect', async () => {
    await listen((response) => response.writeHead(307, { location: `${server.url}/elsewhere` }).end());
    assert.equal((await troubleOf(post())).trouble, 'unreadable');
    assert.equal(server.heard.length, 1);
  });

  it('keeps secret and assertion out of errors, their causes, and the log', async () => {
    const endings: readonly Answerer[] = [
      (response) => json(response, 503, {}),
      (response) => json(response, 429, {}),
      (response) => response.socket?.resetAndDestroy(),
      (response) => response.end('<html>'),
      () => undefined,
    ];
    for (const answer of endings) {
      await listen(answer);
      const error = await troubleOf(post(400));
      assert.ok(!inspect(error, { depth: 12, showHidden: true }).includes('-marker'));
      await server.close();
    }
    await listen((response) => json(response, 200, {}));
    assert.equal(log.lines.length, endings.length);
    assert.ok(!JSON.stringify(log.lines).includes('-marker'));
  });
});
