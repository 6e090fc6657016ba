import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { trustInThisProcess } from './certificates.ts';
import { fineDevice, serverDevice } from './devices.ts';
import { callDefender, posting } from './direct-calls.ts';
import type { Fault } from './faults.ts';
import { mia } from './people.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

describe('a fault of the sandbox', () => {
  let sandbox: Sandbox;

  before(trustInThisProcess);
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const collect = (init: RequestInit = {}, device = fineDevice) =>
    callDefender(sandbox, mia, `/api/machines/${device.id}/collectInvestigationPackage`, {
      ...posting({ Comment: 'x' }),
      ...init,
    });
  const accepted = () => sandbox.defender.actions.all.filter(({ device }) => device === fineDevice).length;

  it('of the kind answer refuses before acting, with status, headers and any body', async () => {
    sandbox.faults.inject('defender.collect', {
      kind: 'answer',
      status: 503,
      headers: { 'Retry-After': '7' },
      body: '<html>proxy</html>',
    });
    const answer = await collect();
    assert.deepEqual([answer.status, answer.headers.get('retry-after'), answer.body], [503, '7', '<html>proxy</html>']);
    assert.equal(accepted(), 0);
    assert.equal((await collect()).status, 201);
  });

  const silent: readonly [Fault, number][] = [
    [{ kind: 'reset' }, 0],
    [{ kind: 'loseAnswer' }, 1],
  ];
  for (const [fault, count] of silent) {
    it(`of the kind ${fault.kind} cuts the connection, having accepted ${count}`, async () => {
      const injected = sandbox.faults.inject('defender.collect', fault);
      await assert.rejects(collect(), TypeError);
      await injected.reached;
      assert.equal(accepted(), count);
      assert.equal(sandbox.journal.all('defender.collect.answered', ({ data }) => data.lost === true).length, 1);
    });
  }

  it('of the kind hang neither acts nor answers', async () => {
    const injected = sandbox.faults.inject('defender.collect', { kind: 'hang' });
    const giveUp = new AbortController();
    const refused = assert.rejects(collect({ signal: giveUp.signal }), { name: 'AbortError' });
    await injected.reached;
    giveUp.abort();
    await refused;
    assert.equal(accepted(), 0);
  });

  it('of the kind answerInstead accepts and says something else', async () => {
    sandbox.faults.inject('defender.collect', {
      kind: 'answerInstead',
      status: 500,
      body: { error: { code: 'InternalServerError' } },
    });
    assert.equal((await collect()).status, 500);
    assert.equal(accepted(), 1);
  });

  it('of the kind truncate accepts and sends half of the JSON', async () => {
    sandbox.faults.inject('defender.collect', { kind: 'truncate' });
    const { status, body } = await collect();
    assert.equal(status, 201);
    assert.ok(typeof body === 'string' && body.startsWith('{"id"'));
    assert.equal(accepted(), 1);
  });

  it('of the kind hold accepts at once and answers when released', async () => {
    const held = sandbox.faults.inject('defender.collect', { kind: 'hold' });
    const answering = collect();
    await held.reached;
    assert.equal(accepted(), 1);
    assert.equal(sandbox.journal.all('defender.collect.answered').length, 0);
    held.release();
    assert.equal((await answering).status, 201);
  });

  it('of the kind holdBefore accepts when released', async () => {
    const held = sandbox.faults.inject('defender.collect', { kind: 'holdBefore' });
    const answering = collect();
    await held.reached;
    assert.equal(accepted(), 0);
    held.release();
    assert.equal((await answering).status, 201);
  });

  it('of the kind actLate accepts even if the caller has gone', async () => {
    const late = sandbox.faults.inject('defender.collect', { kind: 'actLate', milliseconds: 50 });
    const giveUp = new AbortController();
    const refused = assert.rejects(collect({ signal: giveUp.signal }), { name: 'AbortError' });
    await late.reached;
    giveUp.abort();
    await refused;
    const created = await sandbox.journal.next(
      'defender.action.created',
      ({ data }) => data.machineId === fineDevice.id,
    );
    const received = await sandbox.journal.next('defender.collect.received');
    assert.ok(created.at - received.at >= 45, `accepted after ${created.at - received.at} ms`);
  });

  it('of the kind answerLate accepts at once', async () => {
    const late = sandbox.faults.inject('defender.collect', { kind: 'answerLate', milliseconds: 50 });
    const answering = collect();
    await late.reached;
    assert.equal(accepted(), 1);
    assert.equal((await answering).status, 201);
  });

  it('meets the calls that it is meant for, and no others', async () => {
    const fault: Fault = { kind: 'answer', status: 502 };
    sandbox.faults.inject('defender.collect', fault, {
      skip: 1,
      times: 2,
      when: ({ params }) => params.id === fineDevice.id,
    });
    const statuses = [];
    for (const device of [fineDevice, serverDevice, fineDevice, fineDevice, fineDevice])
      statuses.push((await collect({}, device)).status);
    assert.deepEqual(statuses, [201, 201, 502, 502, 400]);
  });

  it('is gone after clear', async () => {
    sandbox.faults.inject('defender.collect', { kind: 'reset' });
    sandbox.faults.clear();
    assert.equal((await collect()).status, 201);
  });
});
