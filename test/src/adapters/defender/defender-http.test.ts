import assert from 'node:assert/strict';
import getPort from 'get-port';
import { stub } from 'sinon';
import { createDefender } from '../../../../src/adapters/defender/defender-client.ts';
import {
  action,
  actionId,
  comment,
  defenderRig,
  device,
  failureOf,
  machine,
  soon,
  strangersCertificate,
  token,
} from './defender-rig.ts';
import { type Answerer, json } from './wire-server.ts';

describe('a POST', () => {
  const rig = defenderRig();
  const collect = (sendBefore = soon()) => rig.defender.collect(token, device, comment, sendBefore);

  it('does not send after its deadline', async () => {
    await rig.listen((response) => json(response, 201, action));
    assert.deepEqual(failureOf(await collect(performance.now() - 1)), { kind: 'unanswered', sent: false });
    assert.equal(rig.server.heard.length, 0);
  });

  it('that was still waiting for its turn at its deadline is told as not sent', async () => {
    await rig.listen((response) => json(response, 201, action));
    stub(rig.budget, 'take').returns(new Promise(() => undefined));
    assert.deepEqual(failureOf(await collect(performance.now() + 30)), { kind: 'unanswered', sent: false });
    assert.equal(rig.server.heard.length, 0);
  });

  it('does not wait for an answer after its deadline', async () => {
    await rig.listen(() => undefined);
    const began = performance.now();
    assert.deepEqual(failureOf(await collect(began + 150)), { kind: 'unanswered', sent: true });
    assert.ok(performance.now() - began < 1_500);
    assert.equal(rig.server.heard.length, 1);
  });

  it('does not wait for the rest of a body after its deadline', async () => {
    await rig.listen((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"id":');
    });
    assert.deepEqual(failureOf(await collect(performance.now() + 150)), { kind: 'unanswered', sent: true });
  });

  for (const status of [429, 500, 502, 503, 504]) {
    it(`is never sent twice: not after ${status}`, async () => {
      await rig.listen((response) => json(response, status, {}));
      const failure = failureOf(await collect());
      assert.ok(failure.kind === 'answered' && failure.status === status);
      assert.equal(rig.server.heard.length, 1);
    });
  }

  it('is never sent twice: not after a reset, which may have come too late', async () => {
    await rig.listen((response) => response.socket?.resetAndDestroy());
    assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: true });
    assert.equal(rig.server.heard.length, 1);
  });

  it('is never sent twice: not on a kept connection that dies under it', async () => {
    await rig.listen((response, _, count) => (count === 1 ? json(response, 201, action) : response.socket?.destroy()));
    await collect();
    assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: true });
    assert.equal(rig.server.heard.length, 2);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const nowhere = createDefender({
      apiUrl: `http://127.0.0.1:${await getPort()}`,
      budget: rig.budget,
      priority: 'person',
      log: rig.log,
    });
    assert.deepEqual(failureOf(await nowhere.collect(token, device, comment, soon())), {
      kind: 'unanswered',
      sent: false,
    });
  });

  it('knows that nothing was sent when the certificate is not trusted', async () => {
    await rig.listen((response) => json(response, 201, action), await strangersCertificate());
    assert.deepEqual(failureOf(await collect()), { kind: 'unanswered', sent: false });
    assert.equal(rig.server.heard.length, 0);
  });

  it('counts half a body as no answer', async () => {
    await rig.listen((response) => {
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
      await rig.listen((response) => response.writeHead(201, { 'content-type': 'application/json' }).end(body));
      assert.deepEqual(failureOf(await collect()), { kind: 'unreadable', status: 201 });
    });
  }

  it('does not follow a redirect, and gives the token to nobody else', async () => {
    const stranger = await rig.listenElsewhere((response) => json(response, 201, action));
    await rig.listen((response) => response.writeHead(307, { location: `${stranger.url}/x` }).end());
    const failure = failureOf(await collect());
    assert.ok(failure.kind === 'answered' && failure.status === 307);
    assert.equal(stranger.heard.length, 0);
  });
});

describe('a read', () => {
  const rig = defenderRig();

  for (const status of [502, 503, 504]) {
    it(`is repeated after ${status}`, async () => {
      await rig.listen((response, _, count) =>
        count === 1 ? response.writeHead(status).end() : json(response, 200, action),
      );
      assert.ok((await rig.defender.action(token, actionId)).ok);
      assert.equal(rig.server.heard.length, 2);
    });
  }

  it('is repeated after a reset', async () => {
    await rig.listen((response, _, count) =>
      count === 1 ? response.socket?.resetAndDestroy() : json(response, 200, action),
    );
    assert.ok((await rig.defender.action(token, actionId)).ok);
  });

  it('is repeated twice and no more', async () => {
    await rig.listen((response) => response.writeHead(503).end());
    const failure = failureOf(await rig.defender.action(token, actionId));
    assert.ok(failure.kind === 'answered' && failure.status === 503);
    assert.equal(rig.server.heard.length, 3);
  });

  for (const status of [400, 401, 403, 404, 429, 500]) {
    it(`is not repeated after ${status}`, async () => {
      await rig.listen((response) => json(response, status, { error: { code: 'X', message: '' } }));
      const failure = failureOf(await rig.defender.action(token, actionId));
      assert.ok(failure.kind === 'answered' && failure.status === status);
      assert.equal(rig.server.heard.length, 1);
    });
  }
});

describe('the log of calls', () => {
  const rig = defenderRig();

  it('tells method, path template, status, correlation id and duration of each call', async () => {
    await rig.listen((response) =>
      json(response, 403, { error: { code: 'Forbidden', message: 'no', target: 'corr-1' } }),
    );
    await rig.defender.device(token, device);
    const [line] = rig.log.lines;
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
      await rig.listen(answer);
      await rig.defender.collect(token, device, comment, soon());
      await rig.defender.devicesNamed(token, 'name-marker');
    }
    assert.ok(rig.log.lines.length >= 8);
    assert.ok(!/marker/.test(JSON.stringify(rig.log.lines)));
  });
});
