import assert from 'node:assert/strict';
import getPort from 'get-port';
import { createDefender } from '../../../../src/adapters/defender/defender-client.ts';
import type { DefenderFailure, DefenderResult } from '../../../../src/domain/defender-failure.ts';
import { parseDeviceId, parseMachineActionId } from '../../../../src/domain/ids.ts';
import { instantOf } from '../../../../src/domain/instant.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import type { Defender } from '../../../../src/ports.ts';
import { certificates } from '../../../sandbox/certificates.ts';
import { type Answerer, json, type KeptLog, keptLog, type WireServer, wireServer } from './wire-server.ts';

function defined<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

const token = new Secret('defenderToken', 'token-marker');
const device = defined(parseDeviceId('a'.repeat(40)));
const actionId = defined(parseMachineActionId('5382f7ea-7557-4ab7-9782-d50480024a4e'));
const since = defined(instantOf(new Date('2026-03-01T08:00:00Z')));
const machine = { id: device, computerDnsName: 'pc-7.contoso.com', osPlatform: 'Windows11', healthStatus: 'Active' };
const comment = '[ref 0123456789abcdef0123] reason-marker';
const action = {
  id: actionId,
  type: 'CollectInvestigationPackage',
  status: 'Pending',
  machineId: device,
  requestor: 'ana@contoso.com',
  requestorComment: comment,
  creationDateTimeUtc: '2026-03-01T08:00:00.1234567Z',
};
const soon = () => performance.now() + 5_000;

describe('createDefender', () => {
  let server: WireServer;
  /** Where the token must not go; kept here so that a failing test leaves nothing open. */
  let stranger: WireServer | undefined;
  let log: KeptLog;
  let defender: Defender;

  async function listen(answer: Answerer): Promise<void> {
    server = await wireServer(answer);
    defender = createDefender({ apiUrl: `${server.url}/`, log });
  }

  beforeEach(() => {
    log = keptLog();
  });
  afterEach(async () => {
    await server.close();
    await stranger?.close();
    stranger = undefined;
  });

  function failureOf(result: DefenderResult<unknown>): DefenderFailure {
    assert.ok(!result.ok);
    return result.failure;
  }

  describe('collect', () => {
    const collect = (sendBefore = soon()) => defender.collect(token, device, comment, sendBefore);

    it('sends what the page asks for, with the person’s token', async () => {
      await listen((response) => json(response, 201, action));
      const result = await collect();
      assert.ok(result.ok);
      assert.equal(result.value.id, actionId);
      const [heard] = server.heard;
      assert.equal(heard?.method, 'POST');
      assert.equal(heard?.url, `/api/machines/${device}/collectInvestigationPackage`);
      assert.equal(heard?.headers.authorization, 'Bearer token-marker');
      assert.equal(heard?.headers['content-type'], 'application/json');
      assert.deepEqual(JSON.parse(heard?.body ?? ''), { Comment: comment });
    });

    it('does not send after its deadline', async () => {
      await listen((response) => json(response, 201, action));
      assert.deepEqual(failureOf(await collect(performance.now() - 1)), { kind: 'unanswered', sent: false });
      assert.equal(server.heard.length, 0);
    });

    it('does not wait for an answer after its deadline', async () => {
      await listen(() => undefined);
      const began = performance.now();
      assert.deepEqual(failureOf(await collect(began + 150)), { kind: 'unanswered', sent: true });
      assert.ok(performance.now() - began < 1_500);
      assert.equal(server.heard.length, 1);
    });

    it('does not wait for the rest of a body after its deadline', async () => {
      await listen((response) => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.write('{"id":');
      });
      assert.deepEqual(failureOf(await collect(performance.now() + 150)), { kind: 'unanswered', sent: true });
    });

    for (const status of [429, 500, 502, 503, 504]) {
      it(`is never sent twice: not after ${status}`, async () => {
        await listen((response) => json(response, status, {}));
        const failure = failureOf(await collect());
        assert.ok(failure.kind === 'answered' && failure.status === status);
        assert.equal(server.heard.length, 1);
      });
    }

    it('is never sent twice: not after a reset, which may have come too late', async () => {
      await listen((response) => response.socket?.resetAndDestroy());
      assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: true });
      assert.equal(server.heard.length, 1);
    });

    it('is never sent twice: not on a kept connection that dies under it', async () => {
      await listen((response, _, count) => (count === 1 ? json(response, 201, action) : response.socket?.destroy()));
      await collect();
      assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: true });
      assert.equal(server.heard.length, 2);
    });

    it('knows that nothing was sent when nobody listens', async () => {
      await listen((response) => json(response, 201, action));
      defender = createDefender({ apiUrl: `http://127.0.0.1:${await getPort()}`, log });
      assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: false });
    });

    it('knows that nothing was sent when the certificate is not trusted', async () => {
      server = await wireServer((response) => json(response, 201, action), await certificates());
      defender = createDefender({ apiUrl: server.url, log });
      assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: false });
      assert.equal(server.heard.length, 0);
    });

    it('counts half a body as no answer', async () => {
      await listen((response) => {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"id":', () => response.socket?.destroy());
      });
      assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: true });
    });

    for (const [what, body] of [
      ['HTML', '<html>hello</html>'],
      ['truncated JSON', '{"id":"5382'],
      ['nothing', ''],
      ['another resource', JSON.stringify(machine)],
    ] as const) {
      it(`calls a 201 with ${what} unreadable`, async () => {
        await listen((response) => response.writeHead(201, { 'content-type': 'application/json' }).end(body));
        assert.deepEqual(failureOf(await collect()), { kind: 'unreadable', status: 201 });
      });
    }

    it('does not follow a redirect, and gives the token to nobody else', async () => {
      stranger = await wireServer((response) => json(response, 201, action));
      await listen((response) => response.writeHead(307, { location: `${stranger?.url}/x` }).end());
      const failure = failureOf(await collect());
      assert.ok(failure.kind === 'answered' && failure.status === 307);
      assert.equal(stranger.heard.length, 0);
    });

    it('reads code, correlation id, Retry-After and claims of a refusal', async () => {
      const claims = '{"access_token":{}}';
      const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
      const error = { code: 'Unauthorized', message: 'no', target: 'corr-1' };
      await listen((response) => json(response, 401, { error }, { 'www-authenticate': challenge, 'retry-after': '3' }));
      const expected = { kind: 'answered', status: 401, code: 'Unauthorized', message: 'no', retryAfterMs: 3_000 };
      assert.deepEqual(failureOf(await collect()), { ...expected, claims, correlationId: 'corr-1' });
    });

    for (const [what, type, body, code] of [
      [
        'an OData error with an empty code and no target',
        'application/json',
        '{"error":{"code":"","message":"m"}}',
        '',
      ],
      ['a proxy’s HTML', 'text/html', '<html>502</html>', ''],
      ['truncated JSON', 'application/json', '{"error":{"code":"Forb', ''],
      ['no body', 'application/json', '', ''],
      ['JSON under another type', 'text/plain', '{"error":{"code":"Forbidden","message":""}}', 'Forbidden'],
    ] as const) {
      it(`bears ${what}`, async () => {
        await listen((response) => response.writeHead(403, { 'content-type': type }).end(body));
        const failure = failureOf(await collect());
        assert.ok(failure.kind === 'answered');
        assert.deepEqual([failure.status, failure.code, failure.correlationId], [403, code, undefined]);
      });
    }
  });

  describe('reads', () => {
    it('give the device, and know another one from it', async () => {
      await listen((response, _, count) =>
        json(response, 200, count === 1 ? machine : { ...machine, id: 'b'.repeat(40) }),
      );
      const first = await defender.device(token, device);
      assert.ok(first.ok && first.value.name === 'pc-7.contoso.com');
      assert.deepEqual(failureOf(await defender.device(token, device)), { kind: 'unreadable', status: 200 });
    });

    for (const status of [502, 503, 504]) {
      it(`are repeated after ${status}`, async () => {
        await listen((response, _, count) =>
          count === 1 ? response.writeHead(status).end() : json(response, 200, action),
        );
        assert.ok((await defender.action(token, actionId)).ok);
        assert.equal(server.heard.length, 2);
      });
    }

    it('are repeated after a reset', async () => {
      await listen((response, _, count) =>
        count === 1 ? response.socket?.resetAndDestroy() : json(response, 200, action),
      );
      assert.ok((await defender.action(token, actionId)).ok);
    });

    it('are repeated twice and no more', async () => {
      await listen((response) => response.writeHead(503).end());
      const failure = failureOf(await defender.action(token, actionId));
      assert.ok(failure.kind === 'answered' && failure.status === 503);
      assert.equal(server.heard.length, 3);
    });

    for (const status of [400, 401, 403, 404, 429, 500]) {
      it(`are not repeated after ${status}`, async () => {
        await listen((response) => json(response, status, { error: { code: 'X', message: '' } }));
        const failure = failureOf(await defender.action(token, actionId));
        assert.ok(failure.kind === 'answered' && failure.status === status);
        assert.equal(server.heard.length, 1);
      });
    }
  });

  describe('lists', () => {
    const filterOf = (heard: { readonly url: string } | undefined) =>
      new URL(heard?.url ?? '', server.url).searchParams.get('$filter');

    it('ask for the package collections of a device since a moment', async () => {
      await listen((response) => json(response, 200, { value: [action] }));
      const result = await defender.actionsOnDevice(token, device, since);
      assert.ok(result.ok && result.value.length === 1);
      const wanted = `type eq 'CollectInvestigationPackage' and machineId eq '${device}' and creationDateTimeUtc ge 2026-03-01T08:00:00.000Z`;
      assert.equal(filterOf(server.heard[0]), wanted);
    });

    it('ask for all of them where there is no such moment', async () => {
      await listen((response) => json(response, 200, { value: [] }));
      assert.ok((await defender.actionsOnDevice(token, device, undefined)).ok);
      assert.equal(filterOf(server.heard[0]), `type eq 'CollectInvestigationPackage' and machineId eq '${device}'`);
    });

    it('ask for those of a requestor, by Defender’s own string', async () => {
      await listen((response) => json(response, 200, { value: [action, { ...action, machineId: null }] }));
      const result = await defender.actionsOfRequestor(token, "o'neil@contoso.com", since);
      assert.ok(result.ok && result.value.length === 1);
      assert.match(filterOf(server.heard[0]) ?? '', /requestor eq 'o''neil@contoso\.com' and creation/);
    });

    it('leave out rows that nobody can read, and say so in the log', async () => {
      await listen((response) => json(response, 200, { value: [action, { id: 'x' }, null] }));
      const result = await defender.actionsOnDevice(token, device, since);
      assert.ok(result.ok && result.value.length === 1);
      assert.equal(log.lines.find(({ fields }) => 'unread' in fields)?.fields.unread, 2);
    });

    it('take a 404 of Defender as an empty list', async () => {
      await listen((response) => json(response, 404, { error: { code: 'ResourceNotFound', message: '' } }));
      assert.deepEqual(await defender.actionsOnDevice(token, device, since), { ok: true, value: [] });
    });

    it('take a 404 without a body as an empty list', async () => {
      await listen((response) => response.writeHead(404).end());
      assert.deepEqual(await defender.actionsOnDevice(token, device, since), { ok: true, value: [] });
    });

    it('do not take a proxy’s 404 page as an empty list', async () => {
      await listen((response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'));
      const failure = failureOf(await defender.actionsOnDevice(token, device, since));
      assert.ok(failure.kind === 'answered' && failure.status === 404);
    });

    it('follow Defender’s own next link to the end', async () => {
      const second = { ...action, id: '5382f7ea-7557-4ab7-9782-d50480024a4f' };
      await listen((response, { url }) =>
        url.includes('skiptoken')
          ? json(response, 200, { value: [second] })
          : json(response, 200, {
              value: [action],
              '@odata.nextLink': `${server.url}/api/machineactions?$skiptoken=2`,
            }),
      );
      const result = await defender.actionsOnDevice(token, device, since);
      assert.ok(result.ok);
      assert.deepEqual(
        result.value.map(({ id }) => id),
        [action.id, second.id],
      );
    });

    it('do not follow a next link to another host with the person’s token', async () => {
      stranger = await wireServer((response) => json(response, 200, { value: [] }));
      await listen((response) =>
        json(response, 200, { value: [action], '@odata.nextLink': `${stranger?.url}/api/machineactions` }),
      );
      const result = await defender.actionsOnDevice(token, device, since);
      assert.deepEqual(failureOf(result), { kind: 'unreadable', status: 200 });
      assert.equal(stranger.heard.length, 0);
    });

    it('read on with $skip after a full page without a link', async () => {
      const page = (first: number, count: number) =>
        Array.from({ length: count }, (_, i) => ({
          ...action,
          id: `5382f7ea-7557-4ab7-9782-${String(first + i).padStart(12, '0')}`,
        }));
      await listen((response, { url }) =>
        json(response, 200, { value: url.includes('$skip=1000') ? page(1_000, 3) : page(0, 1_000) }),
      );
      const result = await defender.actionsOnDevice(token, device, since);
      assert.ok(result.ok && result.value.length === 1_003);
      assert.equal(server.heard.length, 2);
    });

    it('give up a list without end rather than call half of it the whole', async () => {
      await listen((response) =>
        json(response, 200, { value: [action], '@odata.nextLink': '/api/machineactions?$skiptoken=1' }),
      );
      assert.deepEqual(failureOf(await defender.actionsOnDevice(token, device, since)), {
        kind: 'unreadable',
        status: 200,
      });
    });

    it('call a 200 without rows unreadable', async () => {
      await listen((response) => json(response, 200, { values: [] }));
      assert.deepEqual(failureOf(await defender.actionsOnDevice(token, device, since)), {
        kind: 'unreadable',
        status: 200,
      });
    });
  });

  describe('devicesNamed', () => {
    const row = (id: string, lastSeen: string | null, computerDnsName = 'pc-7') => ({
      ...machine,
      id: id.repeat(40),
      lastSeen,
      computerDnsName,
    });

    it('searches the exact name and then name-dot, each device once, newest report first', async () => {
      await listen((response, { url }) =>
        json(response, 200, {
          value: url.includes('startswith')
            ? [row('b', '2026-03-02T00:00:00Z'), row('c', null)]
            : [row('a', '2026-03-01T00:00:00Z'), row('b', '2026-03-02T00:00:00Z')],
        }),
      );
      const result = await defender.devicesNamed(token, 'PC-7');
      assert.ok(result.ok);
      assert.deepEqual(
        result.value.map(({ id }) => id[0]),
        ['b', 'a', 'c'],
      );
      const filters = server.heard.map(({ url }) => new URL(url, server.url).searchParams.get('$filter'));
      assert.deepEqual(filters, ["computerDnsName eq 'pc-7'", "startswith(computerDnsName,'pc-7.')"]);
    });

    it('searches the name as typed when lower case finds nothing', async () => {
      await listen((response, { url }) =>
        json(response, 200, {
          value: decodeURIComponent(url).includes("'Marys-Mac'") ? [row('a', null, 'Marys-Mac')] : [],
        }),
      );
      const named = await defender.devicesNamed(token, 'Marys-Mac');
      assert.ok(named.ok);
      assert.deepEqual(
        named.value.map(({ name }) => name),
        ['Marys-Mac'],
      );
    });

    it('gives sixteen at most', async () => {
      const rows = Array.from({ length: 30 }, (_, i) => ({ ...machine, id: i.toString(16).padStart(40, '0') }));
      await listen((response) => json(response, 200, { value: rows }));
      const result = await defender.devicesNamed(token, 'pc');
      assert.ok(result.ok && result.value.length === 16);
    });

    it('is empty, and no failure, when Defender says 404 for none', async () => {
      await listen((response) => json(response, 404, { error: { code: 'ResourceNotFound', message: '' } }));
      assert.deepEqual(await defender.devicesNamed(token, 'pc'), { ok: true, value: [] });
    });
  });

  describe('cancel and packageLink', () => {
    it('cancel sends the comment once', async () => {
      await listen((response) => json(response, 200, { ...action, status: 'Cancelled' }));
      const result = await defender.cancel(token, actionId, 'wrong device');
      assert.ok(result.ok && result.value.status === 'Cancelled');
      assert.equal(server.heard[0]?.url, `/api/machineactions/${actionId}/cancel`);
      assert.deepEqual(JSON.parse(server.heard[0]?.body ?? ''), { Comment: 'wrong device' });
    });

    it('packageLink gives a link that nothing prints', async () => {
      const link = 'https://a.blob.core.windows.net/p.zip?sig=link-marker';
      await listen((response) => json(response, 200, { value: `"${link}"` }));
      const result = await defender.packageLink(token, actionId);
      assert.ok(result.ok);
      assert.equal(result.value.reveal(), link);
      assert.ok(!JSON.stringify([result, log.lines]).includes('link-marker'));
    });

    it('packageLink hands out no link to a stranger’s host, and the log names that host alone', async () => {
      await listen((response) => json(response, 200, { value: 'https://evil.example/p.zip?sig=link-marker' }));
      assert.deepEqual(failureOf(await defender.packageLink(token, actionId)), { kind: 'unreadable', status: 200 });
      assert.ok(log.lines.some(({ level, fields }) => level === 'error' && fields.host === 'evil.example'));
      assert.ok(!JSON.stringify(log.lines).includes('link-marker'));
    });

    it('packageLink is not repeated: two a minute are allowed', async () => {
      await listen((response) => response.writeHead(503).end());
      await defender.packageLink(token, actionId);
      assert.equal(server.heard.length, 1);
    });
  });

  describe('the log', () => {
    it('tells method, path template, status, correlation id and duration of each call', async () => {
      await listen((response) =>
        json(response, 403, { error: { code: 'Forbidden', message: 'no', target: 'corr-1' } }),
      );
      await defender.device(token, device);
      const [line] = log.lines;
      const { durationMs, ...fields } = line?.fields ?? {};
      assert.equal(typeof durationMs, 'number');
      assert.deepEqual(fields, {
        call: 'defender',
        method: 'GET',
        path: '/api/machines/{id}',
        status: 403,
        code: 'Forbidden',
        correlationId: 'corr-1',
      });
    });

    it('never tells a token, or what people typed', async () => {
      const endings: readonly Answerer[] = [
        (response) => json(response, 200, { value: [] }),
        (response) => json(response, 201, action),
        (response) => json(response, 400, { error: { code: 'X', message: 'bad reason-marker' } }),
        (response) => response.socket?.resetAndDestroy(),
      ];
      for (const answer of endings) {
        await listen(answer);
        await defender.collect(token, device, comment, soon());
        await defender.devicesNamed(token, 'name-marker');
        await server.close();
      }
      await listen(() => undefined);
      assert.ok(log.lines.length >= 8);
      assert.ok(!/marker/.test(JSON.stringify(log.lines)));
    });
  });
});
