import assert from 'node:assert/strict';
import { parseCardAction } from '../../cards/action.ts';
import type { AdaptiveCard, Button, CardElement, ExecuteButton } from '../../cards/adaptive-card.ts';
import { faultsOf } from './adaptive-card-parser.ts';
import { everyCard } from './every-card.ts';

describe('Every card, in every state', () => {
  it("is read by Microsoft's parser without a warning", () => {
    for (const [name, card] of everyCard) assert.deepEqual(faultsOf(card), [], name);
  });

  it('would be caught if it had an unknown element, a bad value, or a missing field', () => {
    const broken = [
      { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok', text: 'x' }] },
      { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x', size: 'huge' }] },
      { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Input.Text', label: 'x' }] },
    ];
    for (const json of broken) assert.notDeepEqual(faultsOf(json), []);
  });

  it('stays under 28 KB as UTF-16', () => {
    for (const [name, card] of everyCard) assert.ok(JSON.stringify(card).length * 2 <= 28 * 1024, name);
  });

  it('has at most four buttons in a row', () => {
    for (const [name, card] of everyCard) {
      for (const row of buttonRows(card)) assert.ok(row.length <= 4, name);
    }
  });

  it('says what it is to a client that cannot show it, and to one that reads aloud', () => {
    for (const [name, card] of everyCard) {
      assert.ok(card.fallbackText.length > 10, name);
      assert.ok(card.speak.length > 10 && !/[<>&*]/.test(card.speak), name);
    }
  });

  it('has only buttons that the bot can read back, with what is typed into the card', () => {
    for (const [name, card] of everyCard) {
      for (const { verb, data } of executeButtons(card)) {
        const click = parseCardAction(verb, { ...data, ...typedInto(card) });
        assert.ok(click !== undefined, `${name}: ${verb}`);
        assert.equal(click.verb, verb);
      }
    }
  });

  it('can be left without filling in its field', () => {
    for (const [name, card] of everyCard) {
      if (Object.keys(typedInto(card)).length === 0) continue;
      const leave = executeButtons(card).find(({ verb }) => verb === 'showCard');
      assert.equal(leave?.associatedInputs, 'none', name);
    }
  });
});

function buttonRows({ body, actions }: AdaptiveCard): readonly (readonly Button[])[] {
  return [actions, ...body.flatMap(rowsWithin)];
}

function rowsWithin(element: CardElement): readonly (readonly Button[])[] {
  if (element.type === 'ActionSet') return [element.actions];
  return element.type === 'Container' ? element.items.flatMap(rowsWithin) : [];
}

function executeButtons(card: AdaptiveCard): readonly ExecuteButton[] {
  return buttonRows(card).flatMap((row) => row.filter((each) => each.type === 'Action.Execute'));
}

function typedInto({ body }: AdaptiveCard): Readonly<Record<string, string>> {
  const inputs = body.filter((element) => element.type === 'Input.Text');
  return Object.fromEntries(inputs.map(({ id }) => [id, 'typed']));
}
