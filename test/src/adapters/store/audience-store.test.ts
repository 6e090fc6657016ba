import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { minute } from '../../../../src/domain/instant.ts';
import { conversationId, oid } from '../../../build/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`audience store: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    const somewhere = () => conversationId(`19:${randomUUID()}@thread.tacv2`);

    it('knows what the newest roster said, and nothing of a conversation whose roster nobody read', async () => {
      const { audiences } = real.store;
      const here = somewhere();
      assert.equal(await audiences.find(here, minute), undefined);
      await audiences.note(here, { audience: 'own', outsiders: [] });
      assert.equal(await audiences.find(here, minute), 'own');
      await audiences.note(here, { audience: 'mixed', outsiders: [oid(7)] });
      assert.equal(await audiences.find(here, minute), 'mixed');
      assert.equal(await audiences.find(somewhere(), minute), undefined);
    });

    it('forgets a roster when members change, and not who was an outsider', async () => {
      const { audiences } = real.store;
      const here = somewhere();
      await audiences.note(here, { audience: 'mixed', outsiders: [oid(7), oid(8)] });
      await audiences.outdate(here);
      assert.equal(await audiences.find(here, 10 * minute), undefined);
      assert.equal(await audiences.isOutsider(here, oid(8)), true);
      assert.equal(await audiences.isOutsider(here, oid(9)), false);
      assert.equal(await audiences.isOutsider(somewhere(), oid(8)), false);
    });
  });
}
