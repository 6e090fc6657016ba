import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { minute } from '../../../../src/domain/instant.ts';
import { conversationId } from '../../../build/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`chat pace: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    const aConversation = () => conversationId(`19:${randomUUID()}@thread.tacv2`);

    it('of many who want to write at once lets in as many as Teams does', async () => {
      const here = aConversation();
      const answers = await Promise.all(Array.from({ length: 12 }, () => real.store.pace.take(here)));
      assert.equal(answers.filter(({ kind }) => kind === 'taken').length, 7);
    });

    it('counts each conversation by itself, and all of them together', async () => {
      const answers = [];
      for (let n = 0; n < 60; n += 1) answers.push(await real.store.pace.take(aConversation()));
      const taken = answers.filter(({ kind }) => kind === 'taken').length;
      assert.ok(taken > 7, 'one conversation does not use up another’s');
      const { rows } = await inAll();
      assert.ok(rows >= taken, 'each of them is counted for the tenant');
    });

    it('lets nobody write for as long as Teams says, and a shorter word does not shorten it', async () => {
      const here = aConversation();
      await real.store.pace.pause(here, 2 * minute);
      await real.store.pace.pause(here, minute);
      const answer = await real.store.pace.take(here);
      assert.ok(answer.kind === 'none' && answer.retryAfterMs > minute, JSON.stringify(answer));
      const elsewhere = await real.store.pace.take(aConversation());
      assert.ok(elsewhere.kind === 'taken' || elsewhere.retryAfterMs < minute, 'it holds for that conversation alone');
    });

    async function inAll(): Promise<{ readonly rows: number }> {
      const { posts } = await real.backend.db
        .selectFrom('chat_pace')
        .select('posts')
        .where('conversation_id', '=', '*')
        .executeTakeFirstOrThrow();
      return { rows: Array.isArray(posts) ? posts.length : 0 };
    }
  });
}
