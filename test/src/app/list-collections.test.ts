import assert from 'node:assert/strict';
import { listAbout, listOwnHistory } from '../../../src/app/list-collections.ts';
import { day, minute } from '../../../src/domain/instant.ts';
import type { About } from '../../../src/domain/listing.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice, byId } from '../../build/device.ts';
import { collectionId, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone } from '../../build/request.ts';
import { bench, ok, put, status, stored, storedCollection } from './bench.ts';

const onDevice: Exclude<About, { by: 'own' }> = { by: 'device', query: byId() };
const named: Exclude<About, { by: 'own' }> = { by: 'device', query: { by: 'name', name: 'lap-0042' } };
const oneAction: Exclude<About, { by: 'own' }> = { by: 'action', id: machineActionId() };

/** The n-th action: the higher the newer. */
const nth = (n: number, over: Parameters<typeof anAction>[0] = {}) =>
  anAction({ id: machineActionId(n), status: 'Failed', createdAt: moment(n * minute), ...over });

describe('a list of collections', () => {
  it('of a device is read with the asker’s own token, all of it, newest first, five a page', async () => {
    const { ports } = bench();
    ports.defender.device.resolves(ok(aDevice()));
    ports.defender.actionsOnDevice.resolves(ok([1, 3, 7, 2, 6, 4, 5].map((n) => nth(n))));
    const first = await listAbout(ports, omar, onDevice, 'history', 0);
    assert.ok(first.kind === 'page');
    assert.deepEqual([first.page.page, first.page.pages], [0, 2]);
    const ids = (rows: typeof first.page.rows) => rows.map((row) => row.kind === 'action' && row.action.id);
    assert.deepEqual(
      ids(first.page.rows),
      [7, 6, 5, 4, 3].map((n) => machineActionId(n)),
    );
    const second = await listAbout(ports, omar, onDevice, 'history', 1);
    assert.ok(second.kind === 'page');
    assert.deepEqual(
      ids(second.page.rows),
      [2, 1].map((n) => machineActionId(n)),
    );
    const [token, id, since] = ports.defender.actionsOnDevice.firstCall.args;
    assert.deepEqual([token.reveal(), id, since], [`of ${omar.oid}`, deviceId(), undefined]);
  });

  it('of how things stand shows what runs, and where nothing does what ended last', async () => {
    const { ports } = bench();
    ports.defender.device.resolves(ok(aDevice()));
    for (const [actions, shown] of [
      [
        [nth(1, { status: 'Pending' }), nth(2), nth(3, { status: 'InProgress' })],
        [3, 1],
      ],
      [[nth(1), nth(3), nth(2)], [3]],
      [[], []],
    ] as const) {
      ports.defender.actionsOnDevice.resolves(ok(actions));
      const result = await listAbout(ports, omar, onDevice, 'status', 0);
      assert.ok(result.kind === 'page');
      const ids = result.page.rows.map((row) => row.kind === 'action' && row.action.id);
      assert.deepEqual(
        ids,
        shown.map((n) => machineActionId(n)),
      );
    }
  });

  it('does not tell a device that the asker may not see from one that there is not', async () => {
    const { ports } = bench();
    ports.defender.device.resolves(status(404, { code: 'ResourceNotFound' }));
    ports.defender.devicesNamed.resolves(ok([]));
    ports.defender.devicesNear.resolves(ok([]));
    for (const about of [onDevice, named]) {
      assert.deepEqual(await listAbout(ports, omar, about, 'history', 0), { kind: 'unknownDevice' });
    }
  });

  it('by a name that several devices bear is a choice, never a pick', async () => {
    const { ports } = bench();
    const devices = Array.from({ length: 16 }, (_, i) => aDevice({ id: deviceId(i) }));
    ports.defender.devicesNamed.resolves(ok(devices));
    const result = await listAbout(ports, omar, named, 'history', 0);
    assert.deepEqual(result, { kind: 'choice', match: 'sameName', devices: devices.slice(0, 15) });
  });

  it('by a name that nobody bears offers the names like it', async () => {
    const { ports } = bench();
    ports.defender.devicesNamed.resolves(ok([]));
    ports.defender.devicesNear.resolves(ok([aDevice()]));
    const result = await listAbout(ports, omar, named, 'status', 0);
    assert.deepEqual(result, { kind: 'choice', match: 'nearName', devices: [aDevice()] });
  });

  it('by a name that one device bears is that device’s', async () => {
    const { ports } = bench();
    ports.defender.devicesNamed.resolves(ok([aDevice({ id: deviceId(3) })]));
    ports.defender.actionsOnDevice.resolves(ok([]));
    await listAbout(ports, omar, named, 'history', 0);
    assert.equal(ports.defender.actionsOnDevice.firstCall.args[1], deviceId(3));
  });

  it('says of each action which requests of ours are about it, ended ones too', async () => {
    const { ports, memory } = bench();
    const done = aDone({ collections: [aCollection.succeeded()] });
    await put(memory, done);
    ports.defender.action.resolves(ok(anAction({ status: 'Succeeded' })));
    const result = await listAbout(ports, omar, oneAction, 'status', 0);
    assert.ok(result.kind === 'page');
    const [row] = result.page.rows;
    assert.ok(row?.kind === 'action');
    assert.deepEqual(row.followers, [{ request: done, collection: done.collections[0] }]);
  });

  it('lets the cards that follow an action learn how it stands, and shows them as they are then', async () => {
    const { ports, memory } = bench();
    await put(memory, aConfirmed({ collections: [aCollection.running()] }));
    ports.defender.action.resolves(ok(anAction({ status: 'Succeeded' })));
    const result = await listAbout(ports, omar, oneAction, 'status', 0);
    assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
    assert.ok(result.kind === 'page' && result.page.rows[0]?.kind === 'action');
    assert.equal(result.page.rows[0].followers[0]?.collection.state, 'succeeded');
  });

  it('lets the card of one that was given up learn its end', async () => {
    const { ports, memory } = bench();
    await put(memory, aDone({ collections: [aCollection.unresolved()] }));
    ports.defender.action.resolves(ok(anAction({ status: 'Failed' })));
    await listAbout(ports, omar, oneAction, 'status', 0);
    assert.equal((await storedCollection(memory, collectionId())).state, 'failed');
  });

  it('changes no card where it says nothing new', async () => {
    const { ports, memory } = bench();
    const same = aConfirmed({ collections: [aCollection.running()] });
    await put(memory, same);
    ports.defender.action.resolves(ok(anAction()));
    await listAbout(ports, omar, oneAction, 'status', 0);
    assert.deepEqual(await stored(memory, requestId()), same);
  });

  it('of an action that the asker cannot see is none', async () => {
    const { ports } = bench();
    ports.defender.action.resolves(status(404));
    assert.deepEqual(await listAbout(ports, omar, oneAction, 'history', 0), { kind: 'unknownAction' });
  });

  it('of one’s own history goes by the name that Defender has for the person, half a year back', async () => {
    const { ports, memory } = bench();
    await ports.store.rememberRequestorName(dana.oid, 'alias@corp.example');
    ports.defender.actionsOfRequestor.resolves(ok([nth(1)]));
    const result = await listOwnHistory(ports, dana, 0);
    assert.ok(result.kind === 'page' && result.page.rows.length === 1);
    const [, name, since] = ports.defender.actionsOfRequestor.firstCall.args;
    assert.deepEqual([name, memory.now - since], ['alias@corp.example', 180 * day]);
  });

  it('of one’s own history says under which name, as long as Defender has not said how it calls the asker', async () => {
    const { ports, assertions } = bench();
    ports.defender.actionsOfRequestor.resolves(ok([]));
    assertions.signIn(dana, { upn: 'dana@corp.example' });
    const guessed = await listOwnHistory(ports, dana, 0);
    assert.ok(guessed.kind === 'page');
    assert.deepEqual(guessed.page.subject, { kind: 'own', guessedName: 'dana@corp.example' });
    await ports.store.rememberRequestorName(dana.oid, 'alias@corp.example');
    const known = await listOwnHistory(ports, dana, 0);
    assert.ok(known.kind === 'page');
    assert.deepEqual(known.page.subject, { kind: 'own' });
  });

  it('of one’s own history says so where nobody knows that name', async () => {
    const { ports } = bench();
    assert.deepEqual(await listOwnHistory(ports, dana, 0), { kind: 'unknownName' });
  });

  it('wants a sign-in without a token, and is a problem where Defender makes one', async () => {
    const { ports, assertions } = bench();
    await ports.store.rememberRequestorName(omar.oid, 'omar@corp.example');
    for (const stub of ['device', 'devicesNamed', 'action', 'actionsOfRequestor'] as const) {
      ports.defender[stub].resolves(status(403));
    }
    const lists = [
      () => listAbout(ports, omar, onDevice, 'history', 0),
      () => listAbout(ports, omar, named, 'history', 0),
      () => listAbout(ports, omar, oneAction, 'history', 0),
      () => listOwnHistory(ports, omar, 0),
    ];
    for (const list of lists) assert.deepEqual(await list(), { kind: 'problem', problem: { kind: 'notPermitted' } });
    assertions.lose(omar);
    for (const list of lists) assert.deepEqual(await list(), { kind: 'signIn' });
  });
});
