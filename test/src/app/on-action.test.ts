import assert from 'node:assert/strict';
import { downloadLink, refresh } from '../../../src/app/on-action.ts';
import { noticesDue } from '../../../src/domain/notice.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, collectionRef, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone, aPlace, aProposal } from '../../build/request.ts';
import { bench, ok, put, status, stored, storedCollection } from './bench.ts';

const request = aConfirmed({ collections: [aCollection.running()] });
const done = anAction({ status: 'Succeeded' });

describe('Refresh', () => {
  it('by another person reads with their token, and makes them neither requester nor watcher', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.action.resolves(ok(anAction({ status: 'InProgress' })));
    assert.deepEqual(await refresh(ports, request, omar), { kind: 'ok', value: 'refreshed' });
    const [token, id] = ports.defender.action.firstCall.args;
    assert.deepEqual([token.reveal(), id], [`of ${omar.oid}`, machineActionId()]);
    const to = await storedCollection(memory, collectionId());
    assert.ok(to.state === 'running');
    assert.deepEqual([to.action.status, to.watcher], ['InProgress', dana]);
  });

  it('ends what Defender has ended, watched or not', async () => {
    for (const collection of [aCollection.running(), aCollection.unwatched()]) {
      const { ports, memory } = bench();
      const open = aConfirmed({ collections: [collection] });
      await put(memory, open);
      ports.defender.action.resolves(ok(done));
      await refresh(ports, open, omar);
      assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
    }
  });

  for (const [what, over] of [
    ['device', { machineId: deviceId(2) }],
    ['id', { id: machineActionId(2) }],
    ['ref', { comment: `[ref ${collectionRef(2)}] why` }],
    ['comment without a ref', { comment: 'by hand' }],
  ] as const) {
    it(`takes no notice of an action with another ${what}`, async () => {
      const { ports, memory } = bench();
      await put(memory, request);
      ports.defender.action.resolves(ok({ ...done, ...over }));
      await refresh(ports, request, omar);
      assert.equal((await storedCollection(memory, collectionId())).state, 'running');
    });
  }

  it('of a joined action does not ask for our ref', async () => {
    const { ports, memory } = bench();
    const joined = aConfirmed({ collections: [aCollection.running({ ownership: { kind: 'joined' } })] });
    await put(memory, joined);
    ports.defender.action.resolves(ok({ ...done, comment: 'by hand' }));
    await refresh(ports, joined, omar);
    assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
  });

  it('that Defender refuses changes nothing and is told to the clicker', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.action.resolves(status(403));
    assert.deepEqual(await refresh(ports, request, omar), { kind: 'problem', problem: { kind: 'notPermitted' } });
    assert.deepEqual(await storedCollection(memory, collectionId()), aCollection.running());
  });

  it('reads every open action, also after one that was refused', async () => {
    const { ports, memory } = bench();
    const second = aCollection.running({
      id: collectionId(2),
      ref: collectionRef(2),
      device: aDevice({ id: deviceId(2) }),
      action: anAction({ id: machineActionId(2), machineId: deviceId(2), comment: `[ref ${collectionRef(2)}] why` }),
    });
    const two = aConfirmed({
      collections: [aCollection.running(), second, aCollection.failed({ id: collectionId(3) })],
    });
    await put(memory, two);
    ports.defender.action.onFirstCall().resolves(status(403));
    ports.defender.action.onSecondCall().resolves(ok({ ...second.action, status: 'Succeeded' }));
    assert.deepEqual(await refresh(ports, two, omar), { kind: 'problem', problem: { kind: 'notPermitted' } });
    assert.equal((await storedCollection(memory, collectionId(2))).state, 'succeeded');
    assert.equal(ports.defender.action.callCount, 2);
  });

  it('without a token wants the clicker’s sign-in', async () => {
    const { ports, assertions } = bench();
    assertions.lose(omar);
    assert.deepEqual(await refresh(ports, request, omar), { kind: 'signIn' });
  });

  it('wants a fresh sign-in when Defender does', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, request);
    ports.defender.action.resolves(status(401));
    assert.deepEqual(await refresh(ports, request, omar), { kind: 'signIn', problem: { kind: 'moreProofNeeded' } });
    assert.deepEqual(assertions.signedOut, [omar.oid]);
  });

  it('of a collection that was given up may still bring its end, and tells it in one more message', async () => {
    const { ports, memory } = bench();
    const given = aDone({ collections: [aCollection.unresolved()] });
    await put(memory, given);
    ports.defender.action.resolves(ok(anAction({ status: 'Pending' })));
    assert.deepEqual(await refresh(ports, given, omar), { kind: 'ok', value: 'refreshed' });
    assert.deepEqual(await stored(memory, given.id), given);
    ports.defender.action.resolves(ok(anAction({ status: 'Succeeded' })));
    await refresh(ports, given, omar);
    const after = await stored(memory, given.id);
    assert.ok(after.state === 'done' && after.finishedAt === given.finishedAt);
    assert.equal(after.collections[0]?.state, 'succeeded');
    assert.deepEqual(
      noticesDue(after).map(({ key }) => key.replace(/:.*/, '')),
      ['closing', 'lateEnd'],
    );
  });

  it('takes no other action’s end for that of one that was given up', async () => {
    const { ports, memory } = bench();
    const given = aDone({ collections: [aCollection.unresolved()] });
    await put(memory, given);
    ports.defender.action.resolves(ok(anAction({ status: 'Succeeded', comment: 'by hand' })));
    await refresh(ports, given, omar);
    assert.deepEqual(await stored(memory, given.id), given);
  });

  it('has nothing to read before there is an action, and after its end', async () => {
    const { ports } = bench();
    for (const each of [aProposal(), aConfirmed(), aDone()]) {
      assert.deepEqual(await refresh(ports, each, dana), { kind: 'notNow' });
    }
  });
});

describe('Get download link', () => {
  const link = new Secret('packageLink', 'https://package.example/sas');

  it('is got with the clicker’s own token', async () => {
    const { ports } = bench();
    ports.defender.packageLink.resolves(ok(link));
    const result = await downloadLink(ports, aDone(), collectionId(), omar);
    assert.deepEqual(result, { kind: 'ok', value: { link, device: aDevice() } });
    assert.equal(ports.defender.packageLink.firstCall.args[0].reveal(), `of ${omar.oid}`);
  });

  it('is in the audit before the clicker has it, and is not handed out where the audit cannot keep it', async () => {
    const { ports, memory } = bench();
    ports.defender.packageLink.resolves(ok(link));
    await downloadLink(ports, aDone(), collectionId(), omar);
    const about = { conversation: aPlace().conversation, request: requestId(), collection: collectionId() };
    const entry = {
      ...about,
      by: omar,
      device: deviceId(),
      action: machineActionId(),
      kind: 'linkFetched',
      details: {},
    };
    assert.deepEqual(memory.audited, [entry]);
    const audit = { record: () => Promise.reject(new Error('the disk is full')) };
    await assert.rejects(downloadLink({ ...ports, audit }, aDone(), collectionId(), omar), /disk is full/);
  });

  it('is there while other devices of the request are still at it', async () => {
    const { ports } = bench();
    ports.defender.packageLink.resolves(ok(link));
    const mixed = aConfirmed({ collections: [aCollection.running({ id: collectionId(2) }), aCollection.succeeded()] });
    assert.equal((await downloadLink(ports, mixed, collectionId(), omar)).kind, 'ok');
  });

  it('is refused by Defender, not by us, to whoever may not have it', async () => {
    const { ports } = bench();
    ports.defender.packageLink.resolves(status(403));
    assert.deepEqual(await downloadLink(ports, aDone(), collectionId(), omar), {
      kind: 'problem',
      problem: { kind: 'notPermitted' },
    });
  });

  for (const [state, make] of Object.entries(aCollection)) {
    if (state === 'succeeded') continue;
    it(`does not exist for a collection that is ${state}`, async () => {
      const { ports } = bench();
      const collections = [make()];
      assert.deepEqual(await downloadLink(ports, aConfirmed({ collections }), collectionId(), dana), {
        kind: 'notNow',
      });
    });
  }

  it('does not exist for a collection of another request, nor for a proposal', async () => {
    const { ports } = bench();
    assert.deepEqual(await downloadLink(ports, aDone(), collectionId(9), dana), { kind: 'notNow' });
    assert.deepEqual(await downloadLink(ports, aProposal({ id: requestId() }), collectionId(), dana), {
      kind: 'notNow',
    });
  });

  it('without a token wants the clicker’s sign-in', async () => {
    const { ports, assertions } = bench();
    assertions.lose(omar);
    assert.deepEqual(await downloadLink(ports, aDone(), collectionId(), omar), { kind: 'signIn' });
  });
});
