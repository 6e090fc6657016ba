import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardsIn } from '../../../cards/context.ts';
import { requestCard } from '../../../cards/request-card.ts';
import type { Request } from '../../../src/domain/request.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, deviceId, known, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aDone, aProposal, aProposedDevice } from '../../build/request.ts';
import { aToken, Desk, held } from './desk.ts';

const device = (n: number) => aDevice({ id: deviceId(n), name: `web-${n}` });
const asked = aProposal({
  devices: [1, 2, 3].map((n) => aProposedDevice({ step: 'found', device: device(n) })),
});
const numbered = (n: number) => ({ id: collectionId(n), device: device(n) });
const ended = aDone({
  collections: [
    ...[1, 2, 3, 4].map((n) => aCollection.succeeded(numbered(n))),
    aCollection.failed(numbered(5)),
    aCollection.timedOut(numbered(6)),
  ],
});
const asOmar = { from: { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid } };
const boxes = z.object({ type: z.literal('Input.Toggle'), id: z.string(), value: z.string() });

describe('a click on a card of many devices', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
    desk.tokenService.found = async () => held(aToken(dana));
  });
  const stored = async (): Promise<Request> => known(await desk.memory.requests.find(requestId()));
  const click = async (verb: string, data: object = {}, changes: object = {}) => {
    const { revision } = await stored();
    return await desk.click(verb, { request: requestId(), revision, ...data }, { changes });
  };
  const collected = async () => {
    const request = await stored();
    return 'collections' in request ? request.collections.map((each) => each.device.id) : undefined;
  };

  it('collects from those that are ticked, and sends nothing for the others', async () => {
    await desk.keep(asked);
    await click('collect', { keep0: 'true', keep1: 'false', keep2: 'true' });
    assert.deepEqual(await collected(), [deviceId(1), deviceId(3)]);
    const jobs = desk.memory.queued.filter(({ queue }) => queue === 'submit');
    assert.equal(jobs.length, 2);
    assert.match(
      JSON.stringify(requestCard(await stored(), cardsIn('en', desk.ports.cards))),
      /nothing was sent for it: web-2/,
    );
  });

  it('collects from all where the client sends no ticks', async () => {
    await desk.keep(asked);
    await click('collect');
    assert.equal((await collected())?.length, 3);
  });

  it('is told, and sends nothing, where no device is ticked', async () => {
    await desk.keep(asked);
    const answer = await click('collect', { keep0: 'false', keep1: 'false', keep2: 'false' });
    assert.match(String(answer.body?.value), /No device is ticked/);
    assert.deepEqual(await stored(), asked);
  });

  it('is refused with ticks that the card does not have, and changes nothing', async () => {
    await desk.keep(asked);
    for (const forged of [
      { keep3: 'false' },
      { keep99: 'false' },
      { [`keep${deviceId(1)}`]: 'false' },
      { keep0: 'x' },
    ]) {
      const answer = await click('collect', forged);
      assert.match(String(answer.body?.value), /not possible now|could not read that click/, JSON.stringify(forged));
      assert.deepEqual(await stored(), asked);
    }
  });

  it('keeps what was unticked while the reason is edited', async () => {
    await desk.keep(asked);
    const form = await click('edit', { keep0: 'true', keep1: 'false', keep2: 'true' });
    const action = z.object({ actions: z.tuple([z.object({ data: z.looseObject({}) })]).rest(z.unknown()) });
    const { data } = action.parse(form.body?.value).actions[0];
    const shown = await desk.click('saveReason', { ...data, reason: 'another reason' });
    const values = (JSON.stringify(shown.body?.value).match(/\{"type":"Input.Toggle"[^}]*\}/g) ?? []).map((text) =>
      boxes.parse(JSON.parse(text)),
    );
    assert.deepEqual(
      values.map(({ id, value }) => [id, value]),
      [
        ['keep0', 'true'],
        ['keep1', 'false'],
        ['keep2', 'true'],
      ],
    );
    await click('collect');
    assert.deepEqual(await collected(), [deviceId(1), deviceId(3)]);
  });

  it('retries only what failed, as a new request of whoever clicks, once', async () => {
    await desk.keep(ended);
    for (let n = 0; n < 2; n += 1) await click('retryFailed', {}, asOmar);
    const [again, ...more] = await desk.memory.requests.newestOf(omar.oid, 10);
    assert.deepEqual(more, []);
    assert.ok(again?.state === 'proposed');
    assert.deepEqual(
      again.devices.map(({ query }) => query),
      [5, 6].map((n) => ({ by: 'id', id: deviceId(n) })),
    );
  });

  it('retries nothing of a request in which nothing failed', async () => {
    await desk.keep(aDone({ collections: [1, 2].map((n) => aCollection.succeeded(numbered(n))) }));
    assert.match(String((await click('retryFailed')).body?.value), /not possible now/);
    assert.equal((await desk.memory.requests.newestOf(dana.oid, 10)).length, 1);
  });

  it('asks whose link is wanted, and gets that one for the clicker alone', async () => {
    await desk.keep(ended);
    const asksWhose = await click('askDownload');
    const list = JSON.stringify(asksWhose.body?.value);
    for (const n of [1, 2, 3, 4]) assert.ok(list.includes(collectionId(n)));
    for (const n of [5, 6]) assert.ok(!list.includes(collectionId(n)));
    const links: string[] = [];
    desk.defender.packageLink = async (_token, id) => {
      links.push(id);
      return { ok: true, value: new Secret('packageLink', 'https://packages.example/1.zip') };
    };
    const answer = await click('downloadPicked', { picked: collectionId(2) });
    assert.match(JSON.stringify(answer.body?.value), /packages\.example/);
    assert.equal(links.length, 1);
    assert.match(String((await click('downloadPicked', { picked: collectionId(5) })).body?.value), /not possible now/);
  });
});
