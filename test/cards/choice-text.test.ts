import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { choiceText } from '../../cards/choice-text.ts';
import { words } from '../../cards/words.ts';
import { untrustedText } from './untrusted-text.ts';

const markdown = new MarkdownIt({ html: true });

describe('An entry of a list to pick from', () => {
  it('reads the same for a client that knows Markdown and for one that does not', () => {
    fc.assert(
      fc.property(untrustedText, (name) => {
        const text = choiceText(words`${name}, sensor active`);
        const escaped = text.replace(/"/g, '&quot;');
        assert.equal(markdown.render(text), `<p>${escaped}</p>\n`);
        assert.ok(!text.includes('{{'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps names as they are', () => {
    for (const name of ['ws-twin-007.contoso.example', 'WS_01_b', 'srv.2', '10.0.0.7', 'müller-pc', 'пк-7']) {
      assert.equal(choiceText(words`${name}: group`), `${name}: group`);
    }
  });
});
