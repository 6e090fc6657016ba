import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { parseAadObjectId } from '../../../../src/domain/ids.ts';
import { conversationId, known } from '../../../build/ids.ts';
import { type RealStore, sharedStores } from './backends.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`flood guard: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    const somebody = () => known(parseAadObjectId(randomUUID()));
    const somewhere = () => conversationId(`19:${randomUUID()}@thread.tacv2`);

    it('of forty messages of one person at once lets thirty in, and tells them once', async () => {
      const knock = { kind: 'message', person: somebody(), conversation: somewhere() } as const;
      const answers = await Promise.all(Array.from({ length: 40 }, () => real.store.flood.knock(knock)));
      assert.equal(answers.filter(({ kind }) => kind === 'admitted').length, 30);
      assert.equal(answers.filter((each) => each.kind === 'turnedAway' && each.isNews).length, 1);
      assert.equal((await real.store.flood.knock({ ...knock, kind: 'urgent' })).kind, 'admitted');
      assert.equal((await real.store.flood.knock({ ...knock, kind: 'click' })).kind, 'admitted');
      assert.equal((await real.store.flood.knock({ ...knock, person: somebody() })).kind, 'admitted');
    });

    it('lets people in who meet in several conversations at once, and none waits for another for ever', async () => {
      const [people, places] = [
        [somebody(), somebody()],
        [somewhere(), somewhere()],
      ];
      const knocks = people.flatMap((person) =>
        places.map((conversation) => ({ kind: 'message', person, conversation }) as const),
      );
      const answers = await Promise.all([...knocks, ...knocks].map((knock) => real.store.flood.knock(knock)));
      assert.ok(answers.every(({ kind }) => kind === 'admitted'));
    });
  });
}
