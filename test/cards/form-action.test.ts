import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFormAction } from '../../cards/form-action.ts';

const data = { conversation: '19:soc@thread.tacv2', opening: '1772421120000', devices: 'lap-1', why: 'why' };

describe('The data of a click on a form', () => {
  it('is where it was opened, and what was typed', () => {
    assert.deepEqual(parseFormAction('askByForm', { ...data, more: 1 }), { verb: 'askByForm', ...data });
    for (const verb of ['openForm', 'leaveForm']) assert.deepEqual(parseFormAction(verb, data), { verb });
  });

  for (const [what, verb, sent] of [
    ['a verb of a request’s card', 'collect', data],
    ['a conversation that is none', 'askByForm', { ...data, conversation: '../x y' }],
    ['an opening that is none', 'askByForm', { ...data, opening: '..' }],
    ['no reason field', 'askByForm', { ...data, why: undefined }],
    ['devices of 30,000 letters', 'askByForm', { ...data, devices: 'x'.repeat(30_000) }],
    ['a verb in the data', undefined, { verb: 'openForm' }],
    ['no data', 'openForm', null],
  ] as const) {
    it(`is refused with ${what}`, () => assert.equal(parseFormAction(verb, sent), undefined));
  }

  it('is read or refused, never a fault, whatever a client sends', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (verb, sent) => {
        assert.doesNotThrow(() => parseFormAction(verb, sent));
      }),
    );
  });
});
