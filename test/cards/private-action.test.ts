import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePrivateAction } from '../../cards/private-action.ts';
import { machineActionId } from '../build/ids.ts';

describe('The data of a click on a private answer', () => {
  const list = { about: 'lap-0042', page: 2 };
  const cancel = { action: machineActionId(), why: 'wrong device' };

  for (const verb of ['showStatus', 'showHistory'] as const) {
    it(`of ${verb} is what the list is about, and the page`, () => {
      assert.deepEqual(parsePrivateAction(verb, { ...list, more: 1 }), { verb, ...list });
    });
  }

  for (const verb of ['cancelAction', 'cancelOthersAction'] as const) {
    it(`of ${verb} is the action and the reason as it was typed`, () => {
      assert.deepEqual(parsePrivateAction(verb, cancel), { verb, ...cancel });
    });
  }

  for (const [what, verb, data] of [
    ['a verb of a request’s card', 'collect', list],
    ['a page before the first', 'showStatus', { ...list, page: -1 }],
    ['half a page', 'showStatus', { ...list, page: 0.5 }],
    ['a text that is too long to be a name', 'showHistory', { ...list, about: 'x'.repeat(301) }],
    ['an action that is none', 'cancelAction', { ...cancel, action: 'all' }],
    ['no reason', 'cancelOthersAction', { action: cancel.action }],
    ['a verb in the data', undefined, { verb: 'showStatus', ...list }],
    ['no data', 'showStatus', null],
  ] as const) {
    it(`is refused with ${what}`, () => assert.equal(parsePrivateAction(verb, data), undefined));
  }

  it('is read or refused, never a fault, whatever a client sends', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (verb, data) => {
        assert.doesNotThrow(() => parsePrivateAction(verb, data));
      }),
    );
  });
});
