import assert from 'node:assert/strict';
import { type ActivityId, parseActivityId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Posted } from '../../../src/ports.ts';
import { conversationId, known, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aPlace, aProposal } from '../../build/request.ts';
import { botApp } from '../../sandbox/app.ts';
import { Desk } from './desk.ts';

const id = (text: string): ActivityId => known(parseActivityId(text));
const post = (activity: string): Posted => ({
  conversation: aPlace().conversation,
  activity: id(activity),
  fingerprint: 'f',
});

describe('a click on a card that nobody knows of', () => {
  let desk: Desk;
  const mine = aProposal({ revision: 3 });
  beforeEach(async () => {
    desk = new Desk();
    await desk.keep(mine);
  });

  async function click(card: string, { revision = 3, by = dana }: { revision?: number; by?: Person } = {}) {
    const from = { id: by.chatUserId, name: by.name, aadObjectId: by.oid };
    return await desk.click('showCard', { request: mine.id, revision }, { changes: { replyToId: card, from } });
  }
  const noted = async (what: 'card' | 'orphan') => (await desk.memory.posts.posted(mine.id, what))?.activity;

  it('by the requester makes it the request’s card, and brings it up to date', async () => {
    await click('lost-1', { revision: 2 });
    assert.deepEqual(await desk.memory.posts.posted(mine.id, 'card'), { ...post('lost-1'), fingerprint: '' });
    assert.deepEqual(
      desk.memory.queued.map(({ queue }) => queue),
      ['announce'],
    );
    await click('lost-1');
    assert.equal(desk.memory.queued.length, 1);
  });

  it('keeps it beside the card that was posted after its answer was lost', async () => {
    await desk.memory.posts.note(mine.id, 'card', post('card-1'));
    await click('lost-1');
    await click('card-1');
    assert.deepEqual([await noted('card'), await noted('orphan')], ['card-1', 'lost-1']);
  });

  it('of a slash command takes what follows into the thread of that card', async () => {
    const place = aPlace({ conversation: conversationId('19:soc@thread.tacv2'), askedPrivately: true });
    const asked = aProposal({ id: requestId(2), place });
    await desk.keep(asked);
    const wholeChannel = { conversation: { id: '19:soc@thread.tacv2', conversationType: 'channel' } };
    const changes = { replyToId: 'lost-2', ...wholeChannel, recipient: { id: botApp.teamsId } };
    await desk.click('showCard', { request: asked.id, revision: 1 }, { changes });
    const card = await desk.memory.posts.posted(asked.id, 'card');
    assert.equal(card?.conversation, '19:soc@thread.tacv2;messageid=lost-2');
  });

  const lies: Readonly<Record<string, () => Promise<unknown>>> = {
    'by somebody who is not its requester': () => click('lost-1', { by: omar }),
    'of a revision that the request never had': () => click('lost-1', { revision: 4 }),
    'that is another request’s card': async () => {
      await desk.memory.posts.note(requestId(2), 'card', post('theirs'));
      await click('theirs');
    },
    'that is another request’s closing message': async () => {
      await desk.memory.posts.note(requestId(2), 'closing', post('theirs'));
      await click('theirs');
    },
    'that is this request’s own message': async () => {
      await desk.memory.posts.note(mine.id, 'closing', post('told'));
      await click('told');
    },
  };
  for (const [what, lie] of Object.entries(lies)) {
    it(`adopts nothing ${what}`, async () => {
      await lie();
      assert.deepEqual([await noted('card'), await noted('orphan')], [undefined, undefined]);
      assert.deepEqual(desk.memory.queued, []);
    });
  }
});
