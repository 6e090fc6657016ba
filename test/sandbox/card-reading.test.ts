import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { actionsOf, cardText } from './card-reading.ts';

const card = {
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: 'Collect?' },
    { type: 'TextBlock', text: 'hidden', isVisible: false },
    {
      type: 'ColumnSet',
      columns: [{ type: 'Column', items: [{ type: 'FactSet', facts: [{ title: 'Device', value: 'ws-1' }] }] }],
    },
    { type: 'Input.Text', id: 'reason', label: 'Reason', value: 'odd' },
    { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'Portal', url: 'https://portal.example' }] },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Collect', verb: 'collect', data: { type: 'Action.Fake', title: 'Fake' } },
    {
      type: 'Action.ShowCard',
      title: 'More',
      card: { type: 'AdaptiveCard', actions: [{ type: 'Action.Execute', title: 'Edit', verb: 'edit' }] },
    },
  ],
  refresh: { action: { type: 'Action.Execute', title: 'Own view', verb: 'view' } },
};

describe('reading a card', () => {
  it('gives what a person sees, line by line, and the buttons', () => {
    assert.equal(cardText(card), 'Collect?\nDevice: ws-1\nReason: odd\n[Portal] [Collect] [More] [Edit]');
  });

  it('finds every button, and takes neither data nor the refresh for one', () => {
    assert.deepEqual(
      actionsOf(card).map(({ title, verb }) => [title, verb]),
      [
        ['Portal', undefined],
        ['Collect', 'collect'],
        ['More', undefined],
        ['Edit', 'edit'],
      ],
    );
  });
});
