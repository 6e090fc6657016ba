import assert from 'node:assert/strict';
import { joinVisible, maySee, readVisible, type Visible } from '../../../src/app/list-visible.ts';
import { day, later, minute } from '../../../src/domain/instant.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, machineActionId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { bench, ok, put, status, storedCollection } from './bench.ts';

const everything = { from: moment(-999 * day) };
const shown = (...ids: readonly number[]): Visible => ({
  kind: 'actions',
  actions: ids.map((n) => anAction({ id: machineActionId(n), createdAt: moment(n * minute) })),
  isCut: false,
});

describe('what a person may see', () => {
  it('is asked of Defender with their own token, and no further back than Defender keeps', async () => {
    const { ports, memory } = bench();
    ports.defender.actionsSince.resolves(ok([]));
    await readVisible(ports, omar, moment(-999 * day));
    await readVisible(ports, omar, moment(0));
    const asked = ports.defender.actionsSince.args.map(([token, since]) => [token.reveal(), since]);
    assert.deepEqual(asked, [
      [`of ${omar.oid}`, later(memory.now, -180 * day)],
      [`of ${omar.oid}`, moment(0)],
    ]);
  });

  it('is cut where Defender has more than is read, or than is looked at, or shown', async () => {
    const { ports } = bench();
    const many = (count: number) => Array.from({ length: count }, (_, n) => anAction({ id: machineActionId(n) }));
    ports.defender.actionsSince.resolves(ok(many(5_000)));
    const read = await readVisible(ports, omar, moment(0));
    assert.ok(read.kind === 'actions' && read.isCut);
    const joined = async (count: number) =>
      await joinVisible(ports, omar, { kind: 'actions', actions: many(count), isCut: false }, everything);
    assert.deepEqual([(await joined(100)).isCut, (await joined(101)).isCut], [false, true]);
    assert.equal((await joined(101)).rows.length, 100);
  });

  it('is newest first', async () => {
    const { ports } = bench();
    const { rows } = await joinVisible(ports, omar, shown(2, 3, 1), everything);
    assert.deepEqual(
      rows.map((row) => row.kind === 'action' && row.action.id),
      [3, 2, 1].map((n) => machineActionId(n)),
    );
  });

  it('tells the requests that follow an action what is new of it', async () => {
    const { ports, memory } = bench();
    await put(memory, aConfirmed({ collections: [aCollection.running()] }));
    const ended = anAction({ status: 'Succeeded', updatedAt: moment(4 * minute) });
    await joinVisible(ports, omar, { kind: 'actions', actions: [ended], isCut: false }, everything);
    assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
  });

  it('is what was known last of their own, and why, where Defender does not say', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, aConfirmed({ collections: [aCollection.running()] }));
    assertions.lose(dana);
    const unsigned = await readVisible(ports, dana, moment(0));
    assert.deepEqual(unsigned, { kind: 'lastKnown', lastKnown: { why: 'signIn' } });
    const list = await joinVisible(ports, dana, unsigned, everything);
    assert.deepEqual([list.rows.length, list.lastKnown?.why], [1, 'signIn']);
    assert.equal((await joinVisible(ports, omar, unsigned, everything)).rows.length, 0);
  });
});

describe('the whole card of a request', () => {
  const second = aCollection.running({ id: collectionId(2), action: anAction({ id: machineActionId(2) }) });
  const two = aConfirmed({ collections: [aCollection.running(), second] });

  it('is its requester’s, and of whoever is shown every device of it', async () => {
    const { ports } = bench();
    assert.ok(await maySee(ports, dana, two, undefined));
    assert.ok(await maySee(ports, omar, two, shown(1, 2, 3)));
  });

  it('is read action by action where the list does not go back so far, with the reader’s own token', async () => {
    const { ports } = bench();
    ports.defender.action.resolves(ok(anAction()));
    assert.ok(await maySee(ports, omar, two, shown(1)));
    assert.deepEqual(
      ports.defender.action.args.map(([token, id]) => [token.reveal(), id]),
      [[`of ${omar.oid}`, machineActionId(2)]],
    );
    ports.defender.action.resolves(status(404));
    assert.ok(!(await maySee(ports, omar, two, shown(1))));
  });

  it('is nobody else’s while a device of it has no action, which could tell who may see it', async () => {
    const { ports } = bench();
    const unsent = aConfirmed({ collections: [aCollection.running(), aCollection.queued({ id: collectionId(2) })] });
    assert.ok(!(await maySee(ports, omar, unsent, shown(1, 2))));
    assert.ok(!(await maySee(ports, omar, aConfirmed(), shown(1))));
  });
});
