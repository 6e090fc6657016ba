import assert from 'node:assert/strict';
import { createDefender } from '../../../../src/adapters/defender/defender-client.ts';
import { RecordingBudget } from '../../../fakes/recording-budget.ts';
import {
  action,
  actionId,
  comment,
  defenderRig,
  device,
  failureOf,
  machine,
  since,
  soon,
  token,
} from './defender-rig.ts';
import { json } from './wire-server.ts';

describe('what a call costs', () => {
  const rig = defenderRig();
  const priority = 'person';

  it('is one of the API that it goes to', async () => {
    await rig.listen((response, { url }) =>
      json(response, 200, /\$filter/.test(url) ? { value: [] } : { ...action, ...machine, value: 'x' }),
    );
    const { defender, budget } = rig;
    await defender.collect(token, device, comment, soon());
    await defender.device(token, device);
    await defender.action(token, actionId);
    await defender.actionsOnDevice(token, device, since);
    await defender.actionsOfRequestor(token, 'ana', since);
    await defender.cancel(token, actionId, comment);
    await defender.packageLink(token, actionId);
    assert.deepEqual(budget.wishes, [
      { api: 'collect', priority, turnOf: device },
      { api: 'device', priority },
      { api: 'action', priority },
      { api: 'actions', priority },
      { api: 'actions', priority },
      { api: 'cancel', priority },
      { api: 'packageLink', priority },
    ]);
    assert.equal(rig.server.heard.length, budget.wishes.length);
  });

  it('is told as background’s where nobody waits at a card', async () => {
    await rig.listen((response) => json(response, 200, action));
    const { budget, log } = rig;
    const defender = createDefender({ apiUrl: rig.server.url, budget, priority: 'background', log });
    await defender.action(token, actionId);
    assert.deepEqual(budget.wishes, [{ api: 'action', priority: 'background' }]);
  });

  it('is paid for each repeat of a read', async () => {
    await rig.listen((response, _, count) => (count < 3 ? response.writeHead(503).end() : json(response, 200, action)));
    assert.ok((await rig.defender.action(token, actionId)).ok);
    assert.equal(rig.budget.wishes.length, 3);
  });

  it('is paid for each page and each spelling of a search by name', async () => {
    await rig.listen((response, _, count) =>
      json(response, 200, count === 1 ? { value: [], '@odata.nextLink': '/api/machines?$skip=1' } : { value: [] }),
    );
    await rig.defender.devicesNamed(token, 'pc-7');
    assert.deepEqual(rig.budget.wishes, Array(3).fill({ api: 'devices', priority }));
  });
});

describe('a call that the budget does not have', () => {
  const rig = defenderRig();
  const spent = { kind: 'noBudget', retryAfterMs: 7_000 };

  it('is not sent', async () => {
    await rig.listen((response) => json(response, 200, action));
    rig.budget.left = 0;
    assert.deepEqual(failureOf(await rig.defender.collect(token, device, comment, soon())), spent);
    assert.deepEqual(failureOf(await rig.defender.packageLink(token, actionId)), spent);
    assert.deepEqual(failureOf(await rig.defender.actionsOnDevice(token, device, since)), spent);
    assert.equal(rig.server.heard.length, 0);
    assert.equal(rig.budget.wishes.length, 3, 'one question each');
  });

  it('is not sent as a repeat either', async () => {
    await rig.listen((response) => response.writeHead(503).end());
    rig.budget.left = 1;
    assert.deepEqual(failureOf(await rig.defender.action(token, actionId)), spent);
    assert.equal(rig.server.heard.length, 1);
  });

  it('is surely not sent when its time went by before the budget had answered, timers or not', async () => {
    await rig.listen((response) => json(response, 201, action));
    const budget = new RecordingBudget();
    // The process stands still, as when it is stopped and goes on: no timer has fired when the answer comes.
    budget.take = async () => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80);
      return { kind: 'taken' };
    };
    const defender = createDefender({ apiUrl: rig.server.url, budget, priority: 'person', log: rig.log });
    const failure = failureOf(await defender.collect(token, device, comment, performance.now() + 50));
    assert.deepEqual(failure, { kind: 'unanswered', sent: false });
    assert.equal(rig.server.heard.length, 0);
  });

  it('is a fault of ours when the budget cannot be asked, and nothing is sent', async () => {
    await rig.listen((response) => json(response, 201, action));
    const budget = new RecordingBudget();
    budget.take = () => Promise.reject(new Error('no database'));
    const defender = createDefender({ apiUrl: rig.server.url, budget, priority: 'person', log: rig.log });
    await assert.rejects(defender.collect(token, device, comment, soon()), /no database/);
    assert.equal(rig.server.heard.length, 0);
  });
});

describe('a 429 that another app caused', () => {
  const rig = defenderRig();

  it('closes the API for everybody for as long as Defender says', async () => {
    await rig.listen((response) => response.writeHead(429, { 'retry-after': '42' }).end());
    await rig.defender.collect(token, device, comment, soon());
    assert.deepEqual(rig.budget.pauses, [['collect', 42_000]]);
  });

  it('closes it for a minute where Defender says nothing', async () => {
    await rig.listen((response) => json(response, 429, {}));
    await rig.defender.actionsOfRequestor(token, 'ana', since);
    assert.deepEqual(rig.budget.pauses, [['actions', 60_000]]);
  });

  it('is the only answer that does so', async () => {
    await rig.listen((response) => json(response, 403, {}));
    await rig.defender.device(token, device);
    assert.deepEqual(rig.budget.pauses, []);
  });
});
