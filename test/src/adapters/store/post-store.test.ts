import assert from 'node:assert/strict';
import { parseActivityId } from '../../../../src/domain/ids.ts';
import type { Posted, PostKind } from '../../../../src/ports.ts';
import { known } from '../../../build/ids.ts';
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
  });
}
