import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { parseActivityId } from '../../../../src/domain/ids.ts';
import { day, hour } from '../../../../src/domain/instant.ts';
import type { Request } from '../../../../src/domain/request.ts';
import { aCollection } from '../../../build/collection.ts';
import { conversationId, known, oid } from '../../../build/ids.ts';
import { aPlace } from '../../../build/request.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { aFresh, aRunning, aSource } from './fresh.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`retention: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });

    it('deletes requests that ended long enough ago, whole, and leaves every other', async () => {
      const ended = await kept(anEnd(), 31 * day);
      const endedLater = await kept(anEnd(), 29 * day);
      const cancelled = await kept({ ...aFresh(), state: 'cancelled', cancelledAt: aFresh().askedAt }, 31 * day);
      const running = await kept(aRunning(aCollection.running()), 31 * day);
      const proposed = await kept(aFresh(), 31 * day);
      const { requests, posts } = real.store;
      await posts.note(ended.id, 'card', aPost());
      assert.equal(await real.store.deleteOld(30 * day), 2);
      for (const { id } of [ended, cancelled]) assert.equal(await requests.find(id), undefined);
      for (const { id } of [endedLater, running, proposed]) assert.ok(await requests.find(id));
      assert.equal(await posts.posted(ended.id, 'card'), undefined);
      const collections = real.backend.db.selectFrom('collection').select('id').where('request_id', '=', ended.id);
      assert.deepEqual(await collections.execute(), []);
    });

    it('deletes more than one batch, and nothing the second time', async () => {
      for (let n = 0; n < 205; n += 1) {
        await real.store.requests.propose(aSource(), () => ({ request: aFresh(), effects: [] }));
      }
      await sql`update request set state = 'expired', updated_at = now() - interval '400 days' where state = 'proposed'`.execute(
        real.backend.db,
      );
      assert.ok((await real.store.deleteOld(365 * day)) >= 205);
      assert.equal(await real.store.deleteOld(365 * day), 0);
    });

    it('forgets who asked how often, and the rosters of conversations that nobody writes in', async () => {
      const { flood, audiences } = real.store;
      const { db } = real.backend;
      const [old, young] = [conversationId('19:old@thread.tacv2'), conversationId('19:young@thread.tacv2')];
      for (const each of [old, young]) await audiences.note(each, { audience: 'own', outsiders: [] });
      await flood.knock({ kind: 'message', person: oid(71), conversation: old });
      await sql`update knock set updated_at = now() - interval '2 minutes'`.execute(db);
      await sql`update audience set read_at = now() - interval '8 days' where conversation_id = ${old}`.execute(db);
      await flood.knock({ kind: 'message', person: oid(72), conversation: young });
      await real.store.deleteOld(365 * day);
      const knocks = (await db.selectFrom('knock').select('who').execute()).map(({ who }) => who);
      const left = [`person:${oid(71)}`, `conversation:${old}`, `person:${oid(72)}`, `conversation:${young}`];
      assert.deepEqual(
        left.filter((who) => knocks.includes(who)),
        [`person:${oid(72)}`, `conversation:${young}`],
      );
      assert.equal(await audiences.find(old, 30 * day), undefined);
      assert.equal(await audiences.find(young, day), 'own');
    });

    it('forgets the counts that no limit looks at any more, and keeps a pause that lasts', async () => {
      const [quiet, paused] = [conversationId('19:quiet@thread.v2'), conversationId('19:paused@thread.v2')];
      await real.store.pace.take(quiet);
      await real.store.pace.pause(paused, 2 * hour);
      await sql`update chat_pace set updated_at = now() - interval '3 hours'`.execute(real.backend.db);
      await real.store.deleteOld(365 * day);
      const left = await real.backend.db.selectFrom('chat_pace').select('conversation_id').execute();
      const ids = left.map(({ conversation_id }) => conversation_id);
      assert.deepEqual([ids.includes(quiet), ids.includes(paused)], [false, true]);
    });

    /** Stores a request whose last change lies so far back. */
    async function kept<Kind extends Request>(request: Kind, ago: number): Promise<Kind> {
      const fresh = aFresh({ id: request.id, requester: request.requester });
      await real.store.requests.propose(aSource(), () => ({ request: fresh, effects: [] }));
      await real.store.requests.change(request.id, () => ({ kind: 'changed', to: request, effects: [] }));
      await sql`update request set updated_at = now() - ${ago} * interval '1 millisecond' where id = ${request.id}`.execute(
        real.backend.db,
      );
      return request;
    }
  });
}

function anEnd(): Extract<Request, { readonly state: 'done' }> {
  const running = aRunning(aCollection.succeeded());
  const [succeeded] = running.collections;
  if (succeeded.state !== 'succeeded') throw new Error('the builder made another collection');
  return { ...running, state: 'done', finishedAt: running.askedAt, collections: [succeeded] };
}

function aPost() {
  return { conversation: aPlace().conversation, activity: known(parseActivityId('1')), fingerprint: '' };
}
