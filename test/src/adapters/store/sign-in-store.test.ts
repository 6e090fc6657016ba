import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type RealStore, sharedStores } from './backends.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`sign-in store: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });

    it('says of one of many equal exchanges that it is the first', async () => {
      const id = `${randomUUID()} \0 whatever a client may send`;
      const answers = await Promise.all([1, 2, 3, 4].map(() => real.store.signInExchanges.firstTime(id)));
      assert.equal(answers.filter(Boolean).length, 1);
      assert.equal(await real.store.signInExchanges.firstTime(randomUUID()), true);
      assert.equal(await real.store.signInExchanges.firstTime(id), false);
    });

    it('forgets an exchange after 5 minutes, and not before', async () => {
      const [old, young] = [randomUUID(), randomUUID()];
      await real.store.signInExchanges.firstTime(old);
      await sql`update sign_in_exchange set seen_at = now() - interval '5 minutes 1 second'`.execute(real.backend.db);
      await real.store.signInExchanges.firstTime(young);
      await sql`update sign_in_exchange set seen_at = now() - interval '4 minutes 50 seconds'`.execute(real.backend.db);
      assert.equal(await real.store.signInExchanges.firstTime(young), false);
      assert.equal(await real.store.signInExchanges.firstTime(old), true);
      const rows = await real.backend.db.selectFrom('sign_in_exchange').selectAll().execute();
      assert.equal(rows.length, 2);
    });
  });
}
