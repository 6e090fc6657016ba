import assert from 'node:assert/strict';
import { retryFailed, tryAgain } from '../../../src/app/try-again.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, deviceId, known } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aDone, aPlace, aProposal, aProposedDevice } from '../../build/request.ts';
import { bench, stored } from './bench.ts';

const numbered = (n: number) => ({ id: collectionId(n), device: aDevice({ id: deviceId(n) }) });
const inPart = aDone({
  collections: [
    aCollection.succeeded(numbered(1)),
    aCollection.failed(numbered(2)),
    aCollection.cancelled(numbered(3)),
  ],
});
const idOf = (n: number) => ({ by: 'id', id: deviceId(n) });

describe('trying again', () => {
  const done = aDone({
    collections: [
      aCollection.failed(),
      aCollection.refused({ id: collectionId(2), device: aDevice({ id: deviceId(2) }) }),
    ],
  });

  it('asks for the same devices, by their ids, with the same reason in the same place', async () => {
    const { ports, memory } = bench();
    const again = await stored(memory, known(await tryAgain(ports, done, dana, 'en')));
    assert.ok(again.state === 'proposed' && again.id !== done.id);
    assert.deepEqual(
      again.devices.map(({ query }) => query),
      [
        { by: 'id', id: deviceId(1) },
        { by: 'id', id: deviceId(2) },
      ],
    );
    assert.deepEqual([again.reason, again.place, again.requester], [done.reason, aPlace(), dana]);
  });

  it('asks for what was typed where no device was found', async () => {
    const { ports, memory } = bench();
    const query = { by: 'name', name: 'lap-1' } as const;
    const device = { ...aProposedDevice({ step: 'problem', problem: { kind: 'deviceNotFound' } }), query };
    const again = await stored(memory, known(await tryAgain(ports, aProposal({ devices: [device] }), dana, 'en')));
    assert.ok(again.state === 'proposed');
    assert.deepEqual(again.devices, [{ query, sighting: { step: 'looking' } }]);
  });

  it('asks of several devices not for those whose package is there', async () => {
    const { ports, memory } = bench();
    const again = await stored(memory, known(await tryAgain(ports, inPart, dana, 'en')));
    assert.ok(again.state === 'proposed');
    assert.deepEqual(
      again.devices.map(({ query }) => query),
      [idOf(2), idOf(3)],
    );
  });

  it('retries, of several devices, what failed and nothing else; once per person', async () => {
    const { ports, memory } = bench();
    const again = await stored(memory, known(await retryFailed(ports, inPart, omar, 'de')));
    assert.ok(again.state === 'proposed');
    assert.deepEqual(
      again.devices.map(({ query }) => query),
      [idOf(2)],
    );
    assert.deepEqual([again.reason, again.place, again.requester], [inPart.reason, aPlace(), omar]);
    assert.equal(await retryFailed(ports, inPart, omar, 'de'), undefined);
  });

  it('makes whoever clicks the requester, and goes on in their language', async () => {
    const { ports, memory } = bench();
    const again = await stored(memory, known(await tryAgain(ports, done, omar, 'de')));
    assert.deepEqual([again.requester, again.language], [omar, 'de']);
  });

  it('happens once per person and request, however often they click', async () => {
    const { ports } = bench();
    await tryAgain(ports, done, dana, 'en');
    assert.equal(await tryAgain(ports, done, dana, 'en'), undefined);
    assert.notEqual(await tryAgain(ports, done, omar, 'en'), undefined);
  });
});
