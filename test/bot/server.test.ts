import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { exportSPKI, SignJWT } from 'jose';
import sinon from 'sinon';
import { clouds } from '../../bot/clouds.ts';
import { createHttpServer, type ServerPorts } from '../../bot/server.ts';
import { NotAdmittedError } from '../../bot/teams/authentication.ts';
import { botApp } from '../sandbox/app.ts';
import type { Forgery } from '../sandbox/bot-framework.ts';
import { fineDevice } from '../sandbox/devices.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { signingKeys } from '../sandbox/keys.ts';
import { mia, otherTenantId } from '../sandbox/people.ts';
import { keptLog } from '../src/adapters/defender/wire-server.ts';
import { type Edge, startEdge } from './edge.ts';

describe('the server', function () {
  this.timeout(120_000);
  let edge: Edge;
  let printed: sinon.SinonStub[];

  before(async () => {
    edge = await startEdge();
    // The first genuine activity fetches the keys, so that no row below differs by that.
    await edge.sandbox.client(mia).say(edge.sandbox.places.personal(mia), 'hello');
    printed = [
      sinon.stub(console, 'error'),
      sinon.stub(console, 'warn'),
      sinon.stub(console, 'info'),
      sinon.stub(console, 'debug'),
    ];
  });
  after(async () => {
    sinon.restore();
    await edge.close();
  });
  beforeEach(() => {
    edge.sandbox.faults.clear();
    for (const stub of printed) stub.resetHistory();
  });

  const collect = `collect ${fineDevice.id} a forged reason`;

  /** Sends a command that would make a proposal, and proves that it made nothing. */
  async function refused(status: number, forgery: Forgery, changes: JsonObject = {}): Promise<void> {
    const { sandbox, log } = edge;
    const personal = sandbox.places.personal(mia);
    const mark = sandbox.journal.mark;
    const lines = log.lines.length;
    const { answer } = await sandbox.client(mia).say(personal, collect, { forgery, changes });
    assert.equal(answer.status, status, JSON.stringify(answer));
    assert.deepEqual(edge.calledOut(mark), []);
    assert.deepEqual(
      log.lines.slice(lines).filter(({ level }) => level === 'error'),
      [],
    );
    for (const stub of printed) sinon.assert.notCalled(stub);
  }

  /** What the bot says of this person's requests. */
  async function status(): Promise<string> {
    const { sandbox } = edge;
    const personal = sandbox.places.personal(mia);
    const before = personal.messages.length;
    await sandbox.client(mia).say(personal, 'status');
    const isAnswer = (message: (typeof personal.messages)[number]) =>
      personal.messages.indexOf(message) >= before && message.from === 'bot';
    return (await personal.message(isAnswer)).content;
  }

  /** A token in three parts, signed by `sign` or by nobody. */
  async function token(
    header: JsonObject,
    changes: JsonObject,
    sign: (text: string) => string = () => '',
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { serviceUrl } = edge.sandbox.connector;
    const claims = {
      iss: clouds.commercial.tokenIssuer,
      aud: botApp.appId,
      serviceurl: serviceUrl,
      nbf: now - 60,
      exp: now + 3600,
      ...changes,
    };
    const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part(header)}.${part(claims)}`;
    return `Bearer ${signed}.${sign(signed)}`;
  }

  const forgeries: Readonly<Record<string, readonly [status: number, forgery: Forgery]>> = {
    'without a header': [401, { authorization: null }],
    'with an empty header': [401, { authorization: '' }],
    'with another scheme': [401, { authorization: 'Basic bWlhOm1pYQ==' }],
    'with a bearer of nothing': [401, { authorization: 'Bearer ' }],
    'with garbage for a token': [401, { authorization: 'Bearer garbage' }],
    'with three parts of garbage': [401, { authorization: 'Bearer a.b.c' }],
    'with two tokens': [401, { authorization: 'Bearer a.b.c d.e.f' }],
    'signed by a key that nobody published': [401, { signer: 'stranger' }],
    'signed by a stranger under the id of Teams’ key': [401, { signer: 'stranger', keyId: 'sandbox-teams-1' }],
    'signed by a key of another id': [401, { keyId: 'nobody-knows-this' }],
    'signed by a key that is endorsed for another channel': [403, { signer: 'otherChannel' }],
    'issued by Entra, as an emulator’s or a skill’s': [
      401,
      { signer: 'entra', issuer: `https://sts.windows.net/${otherTenantId}/` },
    ],
    'issued by Entra v2.0 of the bot’s own tenant': [
      401,
      { signer: 'entra', issuer: `https://login.microsoftonline.com/${mia.tenantId}/v2.0` },
    ],
    'of Teams’ key with an emulator’s issuer': [401, { issuer: `https://sts.windows.net/${otherTenantId}/` }],
    'of another issuer': [401, { issuer: 'https://api.evil.example' }],
    'of the government’s issuer': [401, { issuer: clouds.dod.tokenIssuer }],
    'for another bot': [401, { audience: 'b07b07b0-9999-4999-8999-000000000009' }],
    'for the Bot Framework itself': [401, { audience: 'https://api.botframework.com' }],
    'that has expired': [401, { expiresIn: -900, notBefore: -4000 }],
    'that begins in the future': [401, { notBefore: 900 }],
    'without a signature': [401, { algorithm: 'none' }],
    'for another service URL': [403, { serviceUrl: 'https://smba.trafficmanager.net/teams/' }],
    'for the same service URL with another path': [403, { serviceUrl: 'https://127.0.0.1/emea/' }],
  };
  for (const [name, [status, forgery]] of Object.entries(forgeries)) {
    it(`refuses an activity ${name}: ${status}, and nothing happens`, () => refused(status, forgery));
  }

  it('refuses an activity signed with HS256 and Teams’ public key as the secret', async () => {
    const { teams } = await signingKeys();
    const secret = await exportSPKI(teams.publicKey);
    const authorization = await token({ alg: 'HS256', typ: 'JWT', kid: teams.kid }, {}, (text) =>
      createHmac('sha256', secret).update(text).digest('base64url'),
    );
    await refused(401, { authorization });
  });

  it('refuses a token that names none of its keys', async () => {
    await refused(401, { authorization: await token({ alg: 'RS256', typ: 'JWT' }, {}) });
  });

  it('refuses a token without a service URL, although the SDK would take it', async () => {
    const { teams } = await signingKeys();
    const now = Math.floor(Date.now() / 1000);
    const signed = await new SignJWT({
      iss: clouds.commercial.tokenIssuer,
      aud: botApp.appId,
      nbf: now,
      exp: now + 600,
    })
      .setProtectedHeader({ alg: 'RS256', kid: teams.kid })
      .sign(teams.privateKey);
    await refused(403, { authorization: `Bearer ${signed}` });
  });

  const strange: Readonly<Record<string, (host: string) => JsonObject>> = {
    'no service URL': () => ({ serviceUrl: null }),
    'a service URL that is no text': () => ({ serviceUrl: 7 }),
    'an empty service URL': () => ({ serviceUrl: '' }),
    'a service URL that is none': () => ({ serviceUrl: 'smba' }),
    'a service URL on another host': () => ({ serviceUrl: 'https://evil.example/emea/' }),
    'a service URL over http': (host) => ({ serviceUrl: `http://${host}/emea/` }),
    'a service URL with a user in it': (host) => ({ serviceUrl: `https://user@${host}/emea/` }),
    'a service URL with a user and password in it': (host) => ({ serviceUrl: `https://user:secret@${host}/emea/` }),
    'the allowed host as the user of another': (host) => ({ serviceUrl: `https://${host}@evil.example/emea/` }),
    'the allowed host with another port': (host) => ({ serviceUrl: `https://${host.split(':')[0]}:1/emea/` }),
    'the allowed host as a subdomain of another': () => ({
      serviceUrl: 'https://smba.trafficmanager.net.evil.example/',
    }),
    'a subdomain of the allowed host': () => ({ serviceUrl: 'https://evil.smba.trafficmanager.net/' }),
    'the allowed host behind a backslash': (host) => ({ serviceUrl: `https://evil.example\\@${host}/` }),
    'another channel': () => ({ channelId: 'webchat' }),
    'the emulator’s channel': () => ({ channelId: 'emulator' }),
    'Teams in capitals': () => ({ channelId: 'MSTEAMS' }),
  };
  for (const [name, changes] of Object.entries(strange)) {
    it(`refuses an activity, rightly signed, with ${name}: 403, and nothing happens`, () =>
      refused(403, {}, changes(new URL(edge.sandbox.connector.serviceUrl).host)));
  }

  it('makes no request of any forged command, and one of the same command rightly signed', async () => {
    const { sandbox } = edge;
    const personal = sandbox.places.personal(mia);
    const host = new URL(sandbox.connector.serviceUrl).host;
    for (const [, forgery] of Object.values(forgeries)) await sandbox.client(mia).say(personal, collect, { forgery });
    for (const changes of Object.values(strange)) {
      await sandbox.client(mia).say(personal, collect, { changes: changes(host) });
    }
    assert.match(await status(), /Sign-in needed/);
    assert.equal((await sandbox.client(mia).say(personal, collect)).answer.status, 200);
    assert.match(await status(), /a forged reason/);
  });

  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${edge.url}/api/messages`, { method: 'POST', headers, body });

  const bodies: Readonly<Record<string, readonly [status: number, body: string]>> = {
    'more than 256 KB': [413, JSON.stringify({ type: 'message', channelId: 'msteams', text: 'x'.repeat(263_000) })],
    'no JSON': [400, '{"type": "message"'],
    'a number': [400, '7'],
    'an array': [400, '[{"type":"message","channelId":"msteams"}]'],
    nothing: [400, ''],
    'no channel': [400, '{"type":"message"}'],
    'an empty type': [400, '{"type":"","channelId":"msteams"}'],
    'a type that is no text': [400, '{"type":["message"],"channelId":"msteams"}'],
    'a prototype to poison': [400, '{"__proto__":{"type":"message","channelId":"msteams"}}'],
    'a deep nest': [
      401,
      `{"type":"message","channelId":"msteams","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ],
  };
  for (const [name, [status, body]] of Object.entries(bodies)) {
    it(`answers a body of ${name} with ${status}`, async () => {
      const mark = edge.sandbox.journal.mark;
      assert.equal((await post(body)).status, status);
      assert.deepEqual(edge.calledOut(mark), []);
    });
  }

  it('bears a deep nest in a rightly signed click', async () => {
    const { sandbox } = edge;
    let deep: JsonObject = {};
    for (let depth = 0; depth < 3_000; depth += 1) deep = { deep };
    const value = { action: { type: 'Action.Execute', verb: 'collect', data: deep } };
    const { status } = await sandbox.client(mia).invoke(sandbox.places.personal(mia), 'adaptiveCard/action', value);
    assert.equal(status, 200);
  });

  it('answers a body that is not JSON by its type with 400', async () => {
    assert.equal((await post('type=message', { 'content-type': 'text/plain' })).status, 400);
  });

  it('has nothing to GET at /api/messages, and nothing elsewhere, and does not say what it is made of', async () => {
    for (const path of ['/api/messages', '/', '/api', '/../etc/passwd']) {
      const answer = await fetch(`${edge.url}${path}`);
      assert.equal(answer.status, 404);
      assert.equal(answer.headers.get('x-powered-by'), null);
    }
    assert.equal((await fetch(`${edge.url}/api/messages`, { method: 'PUT' })).status, 404);
  });

  it('says at /healthz that it lives, and at /readyz that store and keys are there', async () => {
    assert.equal((await fetch(`${edge.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${edge.url}/readyz`)).status, 200);
  });
});

describe('the server alone', () => {
  /** Serves these ports, and hands over what came of a request to `path`. */
  async function served(ports: Partial<ServerPorts>, path: string, init?: RequestInit) {
    const log = keptLog();
    const server = createHttpServer({ log, receive: async () => undefined, ready: async () => undefined, ...ports });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    try {
      const answer = await fetch(`http://127.0.0.1:${address.port}${path}`, init);
      return { status: answer.status, text: await answer.text(), lines: log.lines };
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
