import assert from 'node:assert/strict';
import { parseCardAction } from '../../cards/action.ts';
import { editReasonForm } from '../../cards/forms.ts';
import { collectionId, requestId } from '../build/ids.ts';
import { aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';

const data = { request: requestId(), revision: 3 };

describe('The data of a click', () => {
  it('is read as the button wrote it', () => {
    assert.deepEqual(parseCardAction('collect', data), { verb: 'collect', ...data });
  });

  const forged: readonly (readonly [what: string, verb: unknown, data: unknown])[] = [
    ['an unknown verb', 'deleteEverything', data],
    ['a verb that is no text', 7, data],
    ['no data', 'collect', undefined],
    ['data that is a list', 'collect', []],
    ['a request that is no id', 'collect', { ...data, request: 'x' }],
    ['a revision that is text', 'collect', { ...data, revision: '3' }],
    ['a negative revision', 'collect', { ...data, revision: -1 }],
    ['half a revision', 'collect', { ...data, revision: 1.5 }],
    ['a reason that is no text', 'saveReason', { ...data, reason: { $gt: '' } }],
    ['a reason of 30,000 characters', 'saveReason', { ...data, reason: 'x'.repeat(30_000) }],
    ['a collection that is no id', 'downloadLink', { ...data, collection: requestId().slice(1) }],
  ];

  for (const [what, verb, sent] of forged) {
    it(`is refused with ${what}`, () => assert.equal(parseCardAction(verb, sent), undefined));
  }

  it('says which boxes are not ticked; without boxes it says nothing of them', () => {
    const ticked = { ...data, keep0: 'true', keep7: 'false', keep12: 'false' };
    assert.deepEqual(parseCardAction('collect', ticked), { verb: 'collect', ...data, unticked: [7, 12] });
    assert.deepEqual(parseCardAction('edit', { ...data, keep0: 'true' }), { verb: 'edit', ...data, unticked: [] });
    assert.deepEqual(parseCardAction('collect', { ...data, unticked: [1] }), { verb: 'collect', ...data });
  });

  for (const [what, box] of [
    ['a place that is none', { keepAll: 'false' }],
    ['a place before the first', { 'keep-1': 'false' }],
    ['a place written otherwise', { keep01: 'false' }],
    ['a place that no list has', { keep100: 'false' }],
    ['a device in place of it', { [`keep${requestId()}`]: 'false' }],
    ['a tick that is neither', { keep1: 'maybe' }],
    ['a tick that is no text', { keep1: false }],
  ] as const) {
    it(`is refused with a box of ${what}`, () => {
      assert.equal(parseCardAction('collect', { ...data, ...box }), undefined);
    });
  }

  it('goes through the form of Edit as it was', () => {
    for (const unticked of [[], [0], [3, 49]]) {
      const [go] = editReasonForm(cardContext.say, aProposal(), unticked).actions;
      assert.ok(go !== undefined && 'verb' in go);
      const click = parseCardAction(go.verb, { ...go.data, reason: 'why' });
      assert.ok(click?.verb === 'saveReason');
      assert.deepEqual(click.unticked, unticked);
    }
    const [plain] = editReasonForm(cardContext.say, aProposal()).actions;
    assert.ok(plain !== undefined && 'verb' in plain);
    assert.equal('unticked' in (parseCardAction(plain.verb, { ...plain.data, reason: 'why' }) ?? {}), false);
  });

  it('cannot choose its verb by itself', () => {
    const click = parseCardAction('cancel', { ...data, verb: 'collect', collection: collectionId() });
    assert.deepEqual(click, { verb: 'cancel', ...data });
  });
});
