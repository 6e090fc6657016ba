import assert from 'node:assert/strict';
import { button, card } from '../../cards/adaptive-card.ts';
import { inButtonRows } from '../../cards/button-rows.ts';
import { requestCard } from '../../cards/request-card.ts';
import { words } from '../../cards/words.ts';
import { requestId } from '../build/ids.ts';
import { anAwaiting } from '../build/request.ts';
import { cardContext, germanContext } from './card-context.ts';

/** The titles of a card's buttons, row by row, from top to bottom. */
function rowsOf({ body, actions }: ReturnType<typeof card>): readonly (readonly string[])[] {
  const above = body.flatMap((element) => (element.type === 'ActionSet' ? [element.actions] : []));
  return [...above, actions].map((row) => row.map(({ title }) => title));
}

describe('The buttons of a card', () => {
  const rowsWith = (...titles: readonly string[]) => {
    const buttons = titles.map((title) => button(title, { verb: 'refresh', request: requestId(), revision: 1 }));
    return rowsOf(inButtonRows(card(words`A card`, [], buttons)));
  };

  it('stand side by side where a phone has room for them', () => {
    assert.deepEqual(rowsOf(requestCard(anAwaiting(), cardContext)), [['Approve', 'Deny', 'Cancel']]);
  });

  it('go on in a second row where their titles are long, the first one still first', () => {
    const rows = rowsOf(requestCard(anAwaiting(), germanContext));
    assert.deepEqual(rows, [['Genehmigen', 'Ablehnen'], ['Abbrechen']]);
  });

  it('have a row each where no two have room beside each other, and none is lost', () => {
    const long = 'Fehlgeschlagene wiederholen';
    assert.deepEqual(rowsWith('Aktualisieren', long, long), [['Aktualisieren'], [long], [long]]);
    assert.deepEqual(rowsWith('W'.repeat(60)), [['W'.repeat(60)]]);
  });
});
