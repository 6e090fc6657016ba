import assert from 'node:assert/strict';
import { cancelAction, cancelCollections } from '../../../src/app/cancel.ts';
import type { AuditEntry } from '../../../src/domain/audit-entry.ts';
import type { Collection } from '../../../src/domain/request.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, collectionRef, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone, aProposal, aReason } from '../../build/request.ts';
import { bench, ok, put, status, storedCollection } from './bench.ts';

const request = aConfirmed({ collections: [aCollection.running()] });
const joinedId = requestId(2);
const reason = aReason('wrong device');

/** Omar's request follows the action of Dana's. */
function joinedBy(): ReturnType<typeof aConfirmed> {
  const over = { id: collectionId(2), ref: collectionRef(2), watcher: omar, ownership: { kind: 'joined' } } as const;
  return aConfirmed({ id: joinedId, requester: omar, collections: [aCollection.running(over)] });
}

function askedBy(collection: Collection) {
  return 'cancelAsked' in collection ? collection.cancelAsked?.by : undefined;
}

describe('Cancel collection', () => {
  it('asks Defender as the clicker, with their reason, goes on following, and remembers who asked', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.cancel.resolves(ok(anAction({ status: 'InProgress' })));
    assert.deepEqual(await cancelCollections(ports, request, omar, reason), { kind: 'ok', value: 'asked' });
    const [token, id, comment] = ports.defender.cancel.firstCall.args;
    assert.deepEqual([token.reveal(), id, comment], [`of ${omar.oid}`, machineActionId(), 'wrong device']);
    const to = await storedCollection(memory, collectionId());
    assert.ok(to.state === 'running' && to.action.status === 'InProgress');
    assert.deepEqual(askedBy(to), omar);
  });

  it('is in the audit before Defender is asked, whatever Defender then says', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    let kept: readonly AuditEntry[] = [];
    ports.defender.cancel.callsFake(async () => {
      kept = memory.audited.filter(({ kind }) => kind === 'cancelAsked');
      return status(403);
    });
    await cancelCollections(ports, request, omar, reason);
    const about = { conversation: request.place.conversation, request: request.id, collection: collectionId() };
    const entry = { ...about, by: omar, device: aDevice().id, action: machineActionId(), kind: 'cancelAsked' };
    assert.deepEqual(kept, [{ ...entry, details: { reason } }]);
  });

  it('ends at once where Defender says so at once', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.cancel.resolves(ok(anAction({ status: 'Cancelled' })));
    await cancelCollections(ports, request, dana, reason);
    const to = await storedCollection(memory, collectionId());
    assert.deepEqual([to.state, askedBy(to)], ['cancelled', dana]);
  });

  it('tells every request that follows the action', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    await put(memory, joinedBy());
    ports.defender.cancel.resolves(ok(anAction({ status: 'Pending' })));
    await cancelCollections(ports, request, omar, reason);
    for (const n of [1, 2]) assert.deepEqual(askedBy(await storedCollection(memory, collectionId(n))), omar);
  });

  it('that Defender refuses is told to the clicker, and nobody is named on the card', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.cancel.resolves(status(400, { code: 'BadRequest' }));
    const problem = { kind: 'defenderRefused', status: 400, code: 'BadRequest' };
    assert.deepEqual(await cancelCollections(ports, request, omar, reason), { kind: 'problem', problem });
    assert.equal(askedBy(await storedCollection(memory, collectionId())), undefined);
  });

  const mixed = aConfirmed({
    collections: [
      aCollection.running(),
      aCollection.queued({ id: collectionId(2), ref: collectionRef(2), device: aDevice({ id: deviceId(2) }) }),
    ],
  });

  it('by the requester takes back what was not sent yet, without a word to Defender', async () => {
    const { ports, memory } = bench();
    await put(memory, mixed);
    ports.defender.cancel.resolves(ok(anAction()));
    await cancelCollections(ports, mixed, dana, reason);
    assert.equal((await storedCollection(memory, collectionId(2))).state, 'withdrawn');
    assert.equal(ports.defender.cancel.callCount, 1);
  });

  it('by another person leaves what was not sent yet to the requester', async () => {
    const { ports, memory } = bench();
    await put(memory, mixed);
    ports.defender.cancel.resolves(ok(anAction()));
    await cancelCollections(ports, mixed, omar, reason);
    assert.equal((await storedCollection(memory, collectionId(2))).state, 'queued');
  });

  it('needs no sign-in where everything is still queued', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, aConfirmed());
    assertions.lose(dana);
    assert.deepEqual(await cancelCollections(ports, aConfirmed(), dana, reason), { kind: 'ok', value: 'asked' });
    assert.equal((await storedCollection(memory, collectionId())).state, 'withdrawn');
  });

  it('has nothing to stop before the confirmation and after the end', async () => {
    const { ports } = bench();
    for (const each of [aProposal(), aDone()]) {
      assert.deepEqual(await cancelCollections(ports, each, dana, reason), { kind: 'notNow' });
    }
  });

  it('without a token wants the clicker’s sign-in', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, request);
    assertions.lose(omar);
    assert.deepEqual(await cancelCollections(ports, request, omar, reason), { kind: 'signIn' });
  });
});

describe('/cancel', () => {
  const wish = { action: machineActionId(), reason, isSure: false };
  const sure = { ...wish, isSure: true };
  const running = anAction({ status: 'InProgress' });

  it('of an action that one’s own request started asks Defender at once', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    ports.defender.action.resolves(ok(running));
    ports.defender.cancel.resolves(ok(running));
    assert.deepEqual(await cancelAction(ports, wish, dana), { kind: 'asked', action: running });
    const entry = { by: dana, action: wish.action, device: deviceId(), kind: 'cancelAsked', details: { reason } };
    assert.deepEqual(
      memory.audited.filter(({ kind }) => kind === 'cancelAsked'),
      [entry],
    );
    assert.deepEqual(askedBy(await storedCollection(memory, collectionId())), dana);
  });

  it('of what one started elsewhere asks at once, by the name that Defender has for the person', async () => {
    const { ports } = bench();
    await ports.store.rememberRequestorName(omar.oid, 'Alias@corp.example');
    ports.defender.action.resolves(ok({ ...running, requestor: 'alias@CORP.example' }));
    ports.defender.cancel.resolves(ok(running));
    assert.equal((await cancelAction(ports, wish, omar)).kind, 'asked');
  });

  it('takes the user name of the sign-in for Defender’s, while that is not known', async () => {
    const { ports, assertions } = bench();
    assertions.signIn(omar, { upn: 'omar@corp.example' });
    ports.defender.action.resolves(ok({ ...running, requestor: 'omar@corp.example' }));
    ports.defender.cancel.resolves(ok(running));
    assert.equal((await cancelAction(ports, wish, omar)).kind, 'asked');
  });

  for (const [what, action] of [
    ['somebody else’s', running],
    ['nobody’s that Defender names', (({ requestor: _, ...nameless }) => nameless)(running)],
  ] as const) {
    it(`of an action that is ${what} asks the person once more before anything is asked of Defender`, async () => {
      const { ports, memory } = bench();
      await put(memory, request);
      ports.defender.action.resolves(ok(action));
      assert.deepEqual(await cancelAction(ports, wish, omar), { kind: 'others', action });
      ports.defender.cancel.resolves(ok(action));
      assert.equal((await cancelAction(ports, sure, omar)).kind, 'asked');
      assert.equal(ports.defender.cancel.callCount, 1);
    });
  }

  it('does not take an action for one’s own because one’s request has joined it', async () => {
    const { ports, memory } = bench();
    await put(memory, joinedBy());
    ports.defender.action.resolves(ok(running));
    assert.equal((await cancelAction(ports, wish, omar)).kind, 'others');
  });

  it('of one that has ended asks nothing, and the cards that follow it learn how it ended', async () => {
    const { ports, memory } = bench();
    await put(memory, request);
    const ended = anAction({ status: 'Succeeded' });
    ports.defender.action.resolves(ok(ended));
    assert.deepEqual(await cancelAction(ports, wish, omar), { kind: 'ended', action: ended });
    assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
  });

  it('of one that the person cannot see says that there is none', async () => {
    const { ports } = bench();
    ports.defender.action.resolves(status(404, { code: 'ResourceNotFound' }));
    assert.deepEqual(await cancelAction(ports, sure, omar), { kind: 'unknownAction' });
  });

  for (const call of ['action', 'cancel'] as const) {
    it(`is told what Defender says against the ${call} call, and nobody is named`, async () => {
      const { ports, memory } = bench();
      await put(memory, request);
      ports.defender.action.resolves(ok(running));
      ports.defender[call].resolves(status(403));
      const problem = { kind: 'notPermitted' };
      assert.deepEqual(await cancelAction(ports, sure, omar), { kind: 'problem', problem });
      assert.equal(askedBy(await storedCollection(memory, collectionId())), undefined);
    });
  }

  it('without a token wants a sign-in', async () => {
    const { ports, assertions } = bench();
    assertions.lose(omar);
    assert.deepEqual(await cancelAction(ports, wish, omar), { kind: 'signIn' });
  });

  it('wants a fresh sign-in when Defender does', async () => {
    const { ports, assertions } = bench();
    ports.defender.action.resolves(status(401));
    assert.deepEqual(await cancelAction(ports, wish, omar), {
      kind: 'signIn',
      problem: { kind: 'moreProofNeeded' },
    });
    assert.deepEqual(assertions.signedOut, [omar.oid]);
  });
});
