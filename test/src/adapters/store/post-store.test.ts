import assert from 'node:assert/strict';
import { parseActivityId } from '../../../../src/domain/ids.ts';
import type { Posted, PostKind } from '../../../../src/ports.ts';
import { conversationId, known } from '../../../build/ids.ts';
import { aPlace } from '../../../build/request.ts';
import { everyStore, type StoreUnderTest } from './backends.ts';
import { aFresh, aSource } from './fresh.ts';

function aPost(n: number): Posted {
  const activity = known(parseActivityId(`1772421120${n}`));
  return { conversation: aPlace().conversation, activity, fingerprint: `content ${n}` };
}

for (const [name, open] of Object.entries(everyStore)) {
  describe(`post store: ${name}`, () => {
    let store: StoreUnderTest;
    before(async function () {
      this.timeout(180_000);
      store = await open();
    });

    it('gives back what was noted last of each post, and of no other', async () => {
      const request = aFresh();
      const other = aFresh();
      const signIn: PostKind = `signIn:${request.askedAt}`;
      const offer: PostKind = `signInOffer:${request.requester.oid}:1`;
      for (const each of [request, other]) {
        await store.requests.propose(aSource(), () => ({ request: each, effects: [] }));
      }
      assert.equal(await store.posts.posted(request.id, 'card'), undefined);
      await store.posts.note(request.id, 'card', aPost(1));
      await store.posts.note(request.id, signIn, aPost(2));
      await store.posts.note(request.id, offer, aPost(3));
      await store.posts.note(request.id, 'card', aPost(4));
      await store.posts.note(other.id, 'card', aPost(5));
      assert.deepEqual(await store.posts.posted(request.id, 'card'), aPost(4));
      assert.deepEqual(await store.posts.posted(request.id, signIn), aPost(2));
      assert.deepEqual(await store.posts.posted(request.id, offer), aPost(3));
      assert.equal(await store.posts.posted(request.id, 'closing'), undefined);
      assert.deepEqual(await store.posts.posted(other.id, 'card'), aPost(5));
    });

    it('adopts a card that nobody knew of, as the card where there is none, else as the one orphan', async () => {
      const { id } = await aKept();
      assert.equal(await store.posts.adopt(id, place(21)), true);
      assert.deepEqual(await store.posts.posted(id, 'card'), { ...place(21), fingerprint: '' });
      assert.equal(await store.posts.adopt(id, place(22)), true);
      assert.deepEqual(await store.posts.posted(id, 'orphan'), { ...place(22), fingerprint: '' });
      assert.equal(await store.posts.adopt(id, place(23)), false);
    });

    it('adopts nothing that is known to be a post of some request, whichever thread it is said to be in', async () => {
      const [mine, others] = [await aKept(), await aKept()];
      await store.posts.note(others.id, 'closing', aPost(31));
      const elsewhere = conversationId('19:soc@thread.tacv2;messageid=1');
      assert.equal(await store.posts.adopt(mine.id, { ...place(31), conversation: elsewhere }), false);
      assert.equal(await store.posts.adopt(others.id, place(31)), false);
      assert.equal(await store.posts.posted(mine.id, 'card'), undefined);
      const otherChannel = conversationId('19:it@thread.tacv2;messageid=1');
      assert.equal(await store.posts.adopt(mine.id, { ...place(31), conversation: otherChannel }), true);
    });

    it('gives a card to the request that posted it, whoever had adopted it, and what they then note of it is void', async () => {
      const [mine, liars] = [await aKept(), await aKept()];
      await store.posts.adopt(liars.id, place(41));
      await store.posts.note(mine.id, 'card', aPost(41));
      assert.equal(await store.posts.posted(liars.id, 'card'), undefined);
      await store.posts.noteEdit(liars.id, 'card', { ...aPost(41), fingerprint: 'late' });
      assert.equal(await store.posts.posted(liars.id, 'card'), undefined);
      await store.posts.noteEdit(mine.id, 'card', { ...aPost(41), fingerprint: 'edited' });
      assert.equal((await store.posts.posted(mine.id, 'card'))?.fingerprint, 'edited');
    });

    function place(n: number) {
      const { conversation, activity } = aPost(n);
      return { conversation, activity };
    }

    async function aKept() {
      const request = aFresh();
      await store.requests.propose(aSource(), () => ({ request, effects: [] }));
      return request;
    }
  });
}
