import assert from 'node:assert/strict';
import { announce } from '../../../src/app/announce.ts';
import { ConversationError, type ConversationFault } from '../../../src/domain/conversation-error.ts';
import { GivenUp } from '../../../src/domain/given-up.ts';
import { parseActivityId } from '../../../src/domain/ids.ts';
import { minute, second } from '../../../src/domain/instant.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, conversationId, known, requestId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import {
  aCancelled,
  aConfirmed,
  aDone,
  anApproval,
  anApprovalPlace,
  anAwaiting,
  aPlace,
  aProposal,
  aQuestion,
} from '../../build/request.ts';
import { bench, put, waiting } from './bench.ts';

const done = aDone({ id: requestId() });
const fault = (kind: ConversationFault) => new ConversationError(kind, 'no', { cause: new Error('wire') });

describe('announcing', () => {
  it('posts the card once and edits it from then on', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    await announce(ports, requestId());
    await put(memory, aConfirmed({ revision: 2 }));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['card posted at 1', 'post-1 edited to 2']);
  });

  it('does nothing the second time', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    await announce(ports, done.id);
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing']);
  });

  it('tells once in 1:1 that a request goes on where the bot was removed, also when its card is as it was', async () => {
    for (const faults of [[], [fault('botRemoved')]]) {
      const { ports, memory, conversation } = bench();
      await put(memory, aConfirmed());
      await announce(ports, requestId());
      conversation.there = false;
      conversation.faults.push(...faults);
      for (let n = 0; n < 2; n += 1) await announce(ports, requestId());
      const told = conversation.happened.filter((each) => each.startsWith('told'));
      assert.deepEqual(told, ['told in 1:1 that it goes on without its card']);
    }
  });

  it('tells nobody of a removal that has nothing left to go on, or that was from their own 1:1 chat', async () => {
    for (const request of [aCancelled(), aConfirmed({ place: aPlace({ kind: 'personal' }) })]) {
      const { ports, memory, conversation } = bench();
      await put(memory, request);
      await announce(ports, requestId());
      conversation.there = false;
      await announce(ports, requestId());
      assert.deepEqual(
        conversation.happened.filter((each) => each.startsWith('told')),
        [],
      );
    }
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

  it('still tells the requester, in 1:1, how it ended when the bot was removed and cannot edit its card', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aConfirmed());
    await announce(ports, done.id);
    await put(memory, done);
    conversation.faults.push(fault('botRemoved'));
    await announce(ports, done.id);
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 2', 'told closing in 1:1', 'post-1 edited to 5']);
  });

  it('tells the requester in 1:1 when only the closing message is refused to a removed bot', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    conversation.faults.push(undefined, fault('botRemoved'));
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing in 1:1']);
  });

  it('tells the requester once, in 1:1, that there is no card when the bot was removed before there was one', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    conversation.faults.push(fault('botRemoved'), undefined, fault('botRemoved'));
    await announce(ports, requestId());
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['told in 1:1 that there is no card']);
  });

  it('posts a deleted card anew once; deleted again it stays away, and the closing message comes all the same', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    await announce(ports, requestId());
    for (const revision of [2, 3]) {
      await put(memory, aConfirmed({ revision }));
      conversation.faults.push(fault('postGone'));
      await announce(ports, requestId());
    }
    await put(memory, done);
    conversation.faults.push(fault('postGone'));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['card posted at 1', 'card posted at 2', 'told closing']);
  });

  it('gives up a card that is refused for good, after the closing message', async () => {
    for (const kind of ['refused', 'tooLarge'] as const) {
      const { ports, memory, conversation } = bench();
      await put(memory, done);
      const refusal = fault(kind);
      conversation.faults.push(refusal);
      await assert.rejects(announce(ports, done.id), (error) => error instanceof GivenUp && error.cause === refusal);
      assert.deepEqual(conversation.happened, ['told closing']);
    }
  });

  it('gives up when nobody can be told, in 1:1 neither', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    conversation.faults.push(undefined, fault('botRemoved'), fault('botRemoved'));
    await assert.rejects(announce(ports, done.id), GivenUp);
    assert.deepEqual(conversation.happened, ['card posted at 5']);
  });

  it('comes again when Teams or its limits say so, which is no failure', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, done);
    conversation.faults.push(undefined, new ConversationError('throttled', 'no', { retryAfterMs: 9 * second }));
    await announce(ports, done.id);
    assert.deepEqual(waiting(memory), ['announce in 9 s']);
    await announce(ports, done.id);
    assert.deepEqual(conversation.happened, ['card posted at 5', 'told closing']);
  });

  it('keeps a second card, of a lost answer, up to date; one that cannot be edited stops nothing', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aProposal());
    await announce(ports, requestId());
    const activity = known(parseActivityId('lost-1'));
    assert.equal(await memory.posts.adopt(requestId(), { conversation: aPlace().conversation, activity }), true);
    await announce(ports, requestId());
    await put(memory, done);
    conversation.faults.push(undefined, fault('postGone'));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, [
      'card posted at 1',
      'lost-1 edited to 1',
      'post-1 edited to 5',
      'told closing',
    ]);
  });
});

describe('announcing a request from 1:1 that somebody else has to approve', () => {
  const place = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });
  const question = aQuestion({ askedIn: anApprovalPlace() });
  const asked = `approval:${question.askedAt}`;

  it('asks where approvals are asked, and edits both cards from then on', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, anAwaiting({ place, question }));
    await announce(ports, requestId());
    await put(memory, aConfirmed({ place, approval: anApproval({ question }), revision: 2 }));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, [
      'card posted at 1',
      'approval card posted at 1',
      `told ${asked} where approval is asked`,
      'post-1 edited to 2',
      'post-2 edited to 2',
    ]);
  });

  it('asks nobody once it is decided, or taken back', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, aCancelled({ place, question, revision: 3 }));
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['card posted at 3']);
  });

  for (const kind of ['botRemoved', 'refused'] as const) {
    it(`tells the requester that there nobody can be asked (${kind})`, async () => {
      const { ports, memory, conversation } = bench();
      await put(memory, anAwaiting({ place, question }));
      conversation.faults.push(undefined, fault(kind));
      await announce(ports, requestId());
      assert.deepEqual(conversation.happened, ['card posted at 1', `told ${asked} in 1:1`]);
      assert.ok(ports.log.lines.some(({ level }) => level === 'error'));
    });
  }

  it('is tried again when that may help', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, anAwaiting({ place, question }));
    conversation.faults.push(undefined, fault('unavailable'));
    await assert.rejects(announce(ports, requestId()), ConversationError);
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened.slice(1), [
      'approval card posted at 1',
      `told ${asked} where approval is asked`,
    ]);
  });

  it('from a channel is asked under its own card', async () => {
    const { ports, memory, conversation } = bench();
    await put(memory, anAwaiting());
    await announce(ports, requestId());
    assert.deepEqual(conversation.happened, ['card posted at 1', `told approval:${anAwaiting().question.askedAt}`]);
  });
});
