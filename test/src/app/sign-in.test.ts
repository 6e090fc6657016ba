import assert from 'node:assert/strict';
import { offerSignIn, resumeAfterSignIn } from '../../../src/app/sign-in.ts';
import { aCollection } from '../../build/collection.ts';
import { requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aCancelled, aConfirmed, aDone, anExpired, aProposalAt } from '../../build/request.ts';
import { bench, put, stored, waiting } from './bench.ts';

const needed = aProposalAt({ step: 'signInNeeded' });

describe('after a sign-in', () => {
  it('everything of that person that waited goes on by itself', async () => {
    const { ports, memory } = bench();
    await put(memory, needed);
    await put(memory, aConfirmed({ id: requestId(2), collections: [aCollection.awaitingSignIn()] }));
    await put(memory, aConfirmed({ id: requestId(3), collections: [aCollection.unwatched()] }));
    const blocked = aCollection.submitting({ blockedSince: memory.now });
    await put(memory, aConfirmed({ id: requestId(4), collections: [blocked] }));
    const resumed = await resumeAfterSignIn(ports.store, dana);
    assert.deepEqual(resumed, [requestId(1), requestId(2), requestId(3), requestId(4)]);
    const jobs = waiting(memory).filter((each) => !each.startsWith('announce'));
    assert.deepEqual(jobs, ['lookUp in 0 s', 'submit in 0 s', 'follow in 0 s', 'submit in 0 s']);
  });

  it('nothing of anybody else does', async () => {
    const { ports, memory } = bench();
    await put(memory, needed);
    assert.deepEqual(await resumeAfterSignIn(ports.store, omar), []);
    assert.deepEqual(waiting(memory), []);
  });

  it('a second time nothing happens', async () => {
    const { ports, memory } = bench();
    await put(memory, needed);
    await resumeAfterSignIn(ports.store, dana);
    assert.deepEqual(await resumeAfterSignIn(ports.store, dana), []);
  });

  it('the requester takes the watch back that somebody lent', async () => {
    const { ports, memory } = bench();
    await put(memory, aConfirmed({ collections: [aCollection.running({ watcher: omar })] }));
    await resumeAfterSignIn(ports.store, dana);
    const request = await stored(memory, requestId());
    assert.ok(request.state === 'confirmed');
    const [collection] = request.collections;
    assert.ok(collection?.state === 'running');
    assert.equal(collection.watcher.oid, dana.oid);
  });
});

describe('offering a sign-in', () => {
  it('happens once per person and revision', async () => {
    const { ports, memory, assertions, conversation } = bench();
    await put(memory, needed);
    assertions.lose(dana);
    await offerSignIn(ports, needed.id, dana);
    await offerSignIn(ports, needed.id, dana);
    assert.deepEqual(conversation.happened, ['offered Dana Reyes a sign-in']);
    await put(memory, { ...needed, revision: 2 });
    await offerSignIn(ports, needed.id, dana);
    assert.equal(conversation.happened.length, 2);
  });

  it('is not needed when they have signed in meanwhile: then it all goes on', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, needed);
    await offerSignIn(ports, needed.id, dana);
    assert.deepEqual(conversation.happened, []);
    assert.ok(waiting(memory).includes('lookUp in 0 s'));
  });

  it('goes to whoever was asked, requester or not', async () => {
    const { ports, memory, assertions, conversation } = bench();
    await put(memory, aConfirmed());
    assertions.lose(omar);
    await offerSignIn(ports, requestId(), omar);
    assert.deepEqual(conversation.happened, ['offered Omar Haddad a sign-in']);
  });

  for (const over of [aDone(), aCancelled(), anExpired()]) {
    it(`does not come for a request that is ${over.state}`, async () => {
      const { ports, memory, assertions, conversation } = bench();
      await put(memory, over);
      assertions.lose(dana);
      await offerSignIn(ports, over.id, dana);
      assert.deepEqual(conversation.happened, []);
    });
  }

  it('does not come where a sign-in would not help', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, needed);
    ports.onBehalfOf.problem = { kind: 'consentMissing' };
    await offerSignIn(ports, needed.id, dana);
    assert.deepEqual(conversation.happened, []);
  });

  it('comes again when the chat did not take it', async () => {
    const { ports, memory, assertions, conversation } = bench();
    await put(memory, needed);
    assertions.lose(dana);
    conversation.faults.push(new Error('wire'));
    await assert.rejects(offerSignIn(ports, needed.id, dana), /wire/);
    await offerSignIn(ports, needed.id, dana);
    assert.deepEqual(conversation.happened, ['offered Dana Reyes a sign-in']);
  });
});
