import { everyCard } from './every-card.ts';
import { everyAnswer, everyMessage } from './every-sentence.ts';
import { assertGolden, assertNoOtherGoldens } from './golden.ts';

describe('What people see changes only when somebody looked at it', () => {
  for (const [name, card] of everyCard) {
    it(`the card '${name}' is as it was reviewed`, () => assertGolden(name, card));
  }

  it('every answer is as it was reviewed', () => assertGolden('all-answers', Object.fromEntries(everyAnswer)));

  it('every message is as it was reviewed', () => assertGolden('all-messages', Object.fromEntries(everyMessage)));

  it('no golden file outlives its card', () =>
    assertNoOtherGoldens(new Set([...everyCard.keys(), 'all-answers', 'all-messages'])));
});
