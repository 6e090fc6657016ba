import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardAnswer, listAnswer } from '../../../bot/tab/wire.ts';
import { busyDevice, fineDevice, hiddenDevice } from '../../sandbox/devices.ts';
import { callDefender, posting } from '../../sandbox/direct-calls.ts';
import { gus, ines, lena, mia, omar, type Person } from '../../sandbox/people.ts';
import { type Edge, startEdge } from '../edge.ts';

describe('the tab’s API, with Entra and Defender behind it', function () {
  this.timeout(120_000);
  let edge: Edge;

  before(async () => {
    edge = await startEdge();
    for (const device of [fineDevice, busyDevice, hiddenDevice]) {
      const path = `/api/machines/${device.id}/collectInvestigationPackage`;
      await callDefender(edge.sandbox, omar, path, posting({ Comment: 'asked in the portal' }));
    }
  });
  after(() => edge.close());

  async function ask(person: Person, path: string, init: RequestInit = {}) {
    const { token } = await edge.sandbox.entra.tokens.assertion(person);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return await fetch(`${edge.url}/tab/api/${path}`, { ...init, headers });
  }
  async function devicesOf(person: Person): Promise<readonly string[]> {
    const answer = await ask(person, 'collections?from=0');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    return listAnswer.parse(await answer.json()).rows.map(({ device }) => device);
  }

  it('shows each person what Defender shows them, by their own token', async () => {
    assert.ok((await devicesOf(omar)).includes(hiddenDevice.computerDnsName));
    const seen = await devicesOf(mia);
    assert.ok(seen.includes(fineDevice.computerDnsName));
    assert.ok(!seen.includes(hiddenDevice.computerDnsName));
  });

  it('asks Defender once a minute, however often the page does', async () => {
    const mark = edge.sandbox.journal.mark;
    for (let times = 0; times < 5; times += 1) await devicesOf(mia);
    assert.deepEqual(
      edge.calledOut(mark).filter((name) => name.startsWith('defender.')),
      [],
    );
  });

  it('has only what was known last for somebody whom Defender refuses, and says why', async () => {
    const answer = listAnswer.parse(await (await ask(lena, 'collections?from=0')).json());
    assert.deepEqual(answer.rows, []);
    assert.match(answer.note ?? '', /what I knew last/);
  });

  it('shows what was started elsewhere as Defender tells it, and not what the person may not see', async () => {
    const list = listAnswer.parse(await (await ask(omar, 'collections?from=0&device=')).json());
    const hidden = list.rows.find(({ device }) => device === hiddenDevice.computerDnsName);
    assert.ok(hidden !== undefined);
    const open = async (person: Person) => cardAnswer.parse(await (await ask(person, `cards/${hidden.opens}`)).json());
    assert.match(JSON.stringify(await open(omar)), /asked in the portal/);
    assert.ok(!JSON.stringify(await open(mia)).includes('asked in the portal'));
  });

  it('turns guests, and people of other tenants, away', async () => {
    const message = z.object({ message: z.string() });
    const guest = await ask(ines, 'collections?from=0');
    assert.equal(guest.status, 403);
    assert.match(message.parse(await guest.json()).message, /guest|organisation/i);
    assert.equal((await ask(gus, 'collections?from=0')).status, 401);
    assert.equal((await fetch(`${edge.url}/tab/api/collections?from=0`)).status, 401);
  });
});
