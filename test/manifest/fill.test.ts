import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fill, placeholdersIn } from '../../manifest/fill.ts';

/** A placeholder as the template writes it; spelled out here, the linter would take it for a forgotten template string. */
const slot = (name: string): string => ['$', '{{', name, '}}'].join('');

describe('filling placeholders', () => {
  it('reaches every string at any depth, and nothing else', () => {
    const template = { id: slot('ID'), [slot('ID')]: [1, true, null, { deep: `a ${slot('ID')} and ${slot(' ID ')}` }] };
    assert.deepEqual(fill(template, { ID: 'x' }), { id: 'x', [slot('ID')]: [1, true, null, { deep: 'a x and x' }] });
  });

  it('leaves a placeholder without a value, so that it can be reported', () => {
    const template = { a: `${slot('KNOWN')} ${slot('UNKNOWN')}`, b: `${slot('UNKNOWN')} ${slot('toString')}` };
    assert.deepEqual(placeholdersIn(fill(template, { KNOWN: 'k' })), [slot('UNKNOWN'), slot('toString')]);
  });

  it('puts any text in as it is: quotes, dollars and line ends change nothing around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.deepEqual(fill([`<${slot('V')}>`, 'next'], { V: text }), [`<${text}>`, 'next']);
      }),
    );
  });
});
