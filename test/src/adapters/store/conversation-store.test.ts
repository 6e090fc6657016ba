import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ConversationReference } from '../../../../src/adapters/store/conversation-store.ts';
import { parseTenantId } from '../../../../src/domain/ids.ts';
import { conversationId, known, tenantId } from '../../../build/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { aStranger } from './fresh.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`conversation store: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });

    it('gives back the newest reference of a conversation, and of no other', async () => {
      const { conversations } = real.store;
      const first: ConversationReference = {
        conversation: conversationId(`19:${randomUUID()}@thread.tacv2`),
        kind: 'channel',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        tenant: tenantId(),
      };
      assert.equal(await conversations.find(first.conversation), undefined);
      await conversations.remember(first);
      await conversations.remember({ ...first, conversation: conversationId(`19:${randomUUID()}@thread.v2`) });
      assert.deepEqual(await conversations.find(first.conversation), first);
      const moved = { ...first, serviceUrl: 'https://smba.trafficmanager.net/amer/' };
      await conversations.remember(moved);
      await conversations.remember(moved);
      assert.deepEqual(await conversations.find(first.conversation), moved);
    });

    it('forgets a conversation that removed the bot, and keeps how its tenant is reached', async () => {
      const { conversations } = real.store;
      const { oid } = aStranger();
      const tenant = known(parseTenantId(randomUUID()));
      const [channel, chat] = ['channel', 'personal'].map((kind, n) => ({
        conversation: conversationId(`19:${randomUUID()}@thread.v2`),
        kind: kind === 'channel' ? ('channel' as const) : ('personal' as const),
        serviceUrl: `https://smba.trafficmanager.net/host-${n}/`,
        tenant,
      }));
      assert.ok(channel !== undefined && chat !== undefined);
      assert.equal(await conversations.serviceUrlOf(tenant), undefined);
      await conversations.remember(chat);
      await conversations.rememberPersonal(oid, chat.conversation);
      await conversations.remember(channel);
      await conversations.forget(channel.conversation);
      assert.equal(await conversations.find(channel.conversation), undefined);
      assert.equal(await conversations.personalOf(oid), chat.conversation);
      await conversations.forget(chat.conversation);
      assert.equal(await conversations.personalOf(oid), undefined);
      assert.equal(await conversations.serviceUrlOf(tenant), channel.serviceUrl);
      await conversations.remember(channel);
      assert.deepEqual(await conversations.find(channel.conversation), channel);
    });

    it("remembers a person's 1:1 conversation beside Defender's name for them", async () => {
      const { conversations, requests } = real.store;
      const { oid } = aStranger();
      assert.equal(await conversations.personalOf(oid), undefined);
      await requests.rememberRequestorName(oid, 'dana@corp.example');
      assert.equal(await conversations.personalOf(oid), undefined);
      for (const each of ['a:1', 'a:2']) await conversations.rememberPersonal(oid, conversationId(each));
      assert.equal(await conversations.personalOf(oid), 'a:2');
      assert.equal(await requests.requestorName(oid), 'dana@corp.example');
    });
  });
}
