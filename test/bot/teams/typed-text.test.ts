import assert from 'node:assert/strict';
import fc from 'fast-check';
import { typedText } from '../../../bot/teams/typed-text.ts';
import { parseCommand } from '../../../src/domain/command.ts';
import { botApp } from '../../sandbox/app.ts';
import { anActivity, asActivity } from './activities.ts';

const typed = (text: string, entities: readonly unknown[] = []) =>
  typedText(asActivity({ ...anActivity(), text, entities }));

/** As Teams' clients write what was typed. */
const encoded = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

describe('typed text', () => {
  it('has the letters back that HTML wants as entities, each read once', () => {
    assert.equal(typed('a &lt;b&gt; &amp; &quot;c&quot; &apos;d&#39; &#x41;&nbsp;e'), 'a <b> & "c" \'d\' A e');
    assert.equal(typed('&amp;lt; &amp;amp;lt; &#38;lt;'), '&lt; &amp;lt; &lt;');
  });

  it('keeps what is no entity', () => {
    for (const text of ['R&D', 'a & b', '&unknown;', '&#x110000;', '&#9999999;', '&lt', '&;']) {
      assert.equal(typed(text), text);
    }
  });

  it('comes through encoding letter by letter, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(typed(encoded(text)), text)));
  });

  it('shows a mentioned person’s name as it is, entities in it and all', () => {
    const entity = { type: 'mention', text: '<at>O</at>', mentioned: { id: '29:omar', name: 'R&D &lt;Omar&gt;' } };
    assert.equal(typed('ask <at>O</at>', [entity]), 'ask R&D &lt;Omar&gt;');
  });

  it('makes no mention out of a typed one: it stays text', () => {
    const text = typed('collect lap-1 &lt;at&gt;everyone&lt;/at&gt; look', [
      { type: 'mention', text: '<at>Collector</at>', mentioned: { id: botApp.teamsId, name: 'Collector' } },
    ]);
    const command = parseCommand(text);
    assert.ok(command.name === 'collect');
    assert.equal(command.reason, '<at>everyone</at> look');
  });
});
