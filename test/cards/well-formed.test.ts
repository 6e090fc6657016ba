import assert from 'node:assert/strict';
import { parseCardAction } from '../../cards/action.ts';
import type { AdaptiveCard, Button, CardElement, ExecuteButton } from '../../cards/adaptive-card.ts';
import { parseFormAction } from '../../cards/form-action.ts';
import { parsePrivateAction } from '../../cards/private-action.ts';
import { faultsOf } from './adaptive-card-parser.ts';
import { everyCard, everyGermanCard } from './every-card.ts';
import { privateCards } from './private-cards.ts';

const inBothLanguages = [
  ...everyCard,
  ...[...everyGermanCard].map(([name, card]) => [`${name}, in German`, card] as const),
];

describe('Every card, in every state', () => {
  it("is read by Microsoft's parser without a warning", () => {
    for (const [name, card] of inBothLanguages) assert.deepEqual(faultsOf(card), [], name);
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
    for (const [name, card] of inBothLanguages) assert.ok(JSON.stringify(card).length * 2 <= 28 * 1024, name);
  });

  it('has at most four buttons in a row', () => {
    for (const [name, card] of everyCard) {
      for (const row of buttonRows(card)) assert.ok(row.length <= 4, name);
    }
  });

  it('says what it is to a client that cannot show it, and to one that reads aloud', () => {
    for (const [name, card] of inBothLanguages) {
      assert.ok(card.fallbackText.length > 10, name);
      assert.ok(card.speak.length > 10 && !/[<>&*]/.test(card.speak), name);
    }
  });

  it('has only buttons that the bot can read back, with what is typed into the card', () => {
    for (const [name, card] of everyCard) {
      for (const { verb, data } of executeButtons(card)) {
        const given = { ...data, ...typedInto(card) };
        const click = parseCardAction(verb, given) ?? parsePrivateAction(verb, given) ?? parseFormAction(verb, given);
        assert.ok(click !== undefined, `${name}: ${verb}`);
        assert.equal(click.verb, verb);
      }
    }
  });

  it('can be left without filling in its field', () => {
    for (const [name, card] of everyCard) {
      // A private answer stands in nobody's place, so there is nothing to go back to.
      if (!hasFields(card) || privateCards().has(name)) continue;
      const leave = executeButtons(card).find(({ verb }) => verb === 'showCard' || verb === 'cancel');
      assert.equal(leave?.associatedInputs, 'none', name);
    }
  });
});

/** A box that is ticked already asks for nothing. */
function hasFields({ body }: AdaptiveCard): boolean {
  return body.some(({ type }) => type === 'Input.Text' || type === 'Input.ChoiceSet');
}

function buttonRows({ body, actions }: AdaptiveCard): readonly (readonly Button[])[] {
  return [actions, ...body.flatMap(rowsWithin)];
}

function rowsWithin(element: CardElement): readonly (readonly Button[])[] {
  if (element.type === 'ActionSet') return [element.actions];
  return element.type === 'Container' ? element.items.flatMap(rowsWithin) : [];
}

function executeButtons(card: AdaptiveCard): readonly ExecuteButton[] {
  const buttons = [card.refresh?.action ?? [], ...buttonRows(card)].flat();
  return buttons.filter((each) => each.type === 'Action.Execute');
}

function typedInto({ body }: AdaptiveCard): Readonly<Record<string, string>> {
  return Object.fromEntries(body.flatMap(typedIntoElement));
}

function typedIntoElement(element: CardElement): readonly (readonly [id: string, typed: string])[] {
  if (element.type === 'Container') return element.items.flatMap(typedIntoElement);
  if (element.type === 'Input.Text') return [[element.id, 'typed']];
  if (element.type === 'Input.Toggle') return [[element.id, element.value]];
  return element.type === 'Input.ChoiceSet' ? [[element.id, element.choices[0]?.value ?? '']] : [];
}
