import assert from 'node:assert/strict';
import { parseCardAction } from '../../cards/action.ts';
import { collectionId, requestId } from '../build/ids.ts';

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

  it('cannot choose its verb by itself', () => {
    const click = parseCardAction('cancel', { ...data, verb: 'collect', collection: collectionId() });
    assert.deepEqual(click, { verb: 'cancel', ...data });
  });
});
