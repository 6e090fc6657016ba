import assert from 'node:assert/strict';
import { announce } from '../../../src/app/announce.ts';
import { ConversationError, type ConversationFault } from '../../../src/domain/conversation-error.ts';
import { minute } from '../../../src/domain/instant.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, requestId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { aConfirmed, aDone, aProposal } from '../../build/request.ts';
import { bench, put } from './bench.ts';

const done = aDone({ id: requestId() });
const fault = (kind: ConversationFault) => new ConversationError(kind, 'no', { cause: new Error('wire') });

describe('announcing', () => {
  it('posts the card once and edits it from then on', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    await announce(ports, requestId());
    await put(memory, aConfirmed({ revision: 2 }));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['card posted at 1', 'card edited to 2']);
  });

  it('does nothing the second time', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    await announce(ports, done.id);
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing']);
  });

  it('does nothing for a request that is not there any more', async () => {
    const { ports, conversation } = bench();
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, []);
  });

  it('tells each waiting once, and a later one again', async () => {
    const { ports, memory, conversation } = bench();
    for (const since of [past(minute), past(minute), past(2 * minute)]) {
      await put(memory, aConfirmed({ collections: [aCollection.awaitingSignIn({ since })] }));
      await announce(ports, requestId());
    }
    const told = conversation.happened.filter((each) => each.startsWith('told'));
    assert.deepEqual(told, [`told signIn:${past(minute)}`, `told signIn:${past(2 * minute)}`]);
  });

  it('tells once of collections that began to wait together', async () => {
    const { ports, memory, conversation } = bench();
    const collections = [1, 2].map((n) => aCollection.awaitingSignIn({ id: collectionId(n) }));
    await put(memory, aConfirmed({ collections }));
    await announce(ports, requestId());
    assert.equal(conversation.happened.length, 2);
  });

  it('repeats that one post and no other after a crash between a post and its note', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    const { note } = ports.posts;
    ports.posts.note = async (id, what, posted) => {
      if (what === 'closing') throw new Error('the process dies here');
      await note.call(ports.posts, id, what, posted);
    };
    await assert.rejects(announce(ports, done.id), /dies here/);
    ports.posts.note = note;
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing', 'told closing']);
  });

  it('tells nothing before the card is up, and tries all of it again', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    conversation.faults.push(fault('unavailable'));
    await assert.rejects(announce(ports, done.id), ConversationError);
    assert.deepEqual(conversation.happened, []);
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing']);
  });

  it('still tells the requester how it ended when the bot was removed and cannot edit its card', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aConfirmed());
    await announce(ports, done.id);
    await put(memory, done);
    conversation.faults.push(fault('botRemoved'));
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 2', 'told closing']);
  });

  it('fails when the bot was removed before there was a card: there is nothing to tell', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    conversation.faults.push(fault('botRemoved'));
    await assert.rejects(announce(ports, requestId()), ConversationError);
  });
});
