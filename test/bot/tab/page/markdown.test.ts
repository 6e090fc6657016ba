import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { lineHtml } from '../../../../bot/tab/page/markdown.ts';
import { escapeForCard, escapeForMessage, oneLine } from '../../../../cards/markdown.ts';
import { untrustedText } from '../../../cards/untrusted-text.ts';

const { escapeHtml } = new MarkdownIt().utils;
const paragraph = (text: string) => (text === '' ? '' : `<p>${escapeHtml(text)}</p>`);

describe('the Markdown of the tab', () => {
  it('shows what others wrote letter by letter, in cards and in messages, and marks up nothing of it', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.equal(lineHtml(escapeForCard(text)), paragraph(oneLine(text)));
        assert.equal(lineHtml(escapeForMessage(text)), paragraph(oneLine(text)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows bold, code and web addresses', () => {
    const html = lineHtml('**lap**, `/collect`, [Open](https://security.example/a?b=1)');
    assert.equal(
      html,
      '<p><strong>lap</strong>, <code>/collect</code>, <a href="https://security.example/a?b=1">Open</a></p>',
    );
  });

  it('knows no HTML, no picture and no script, even where nobody has escaped it', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.doesNotMatch(lineHtml(text), /<(?!\/?(?:p|strong|em|code|a|br)\b)|javascript:|\son\w+=/i);
      }),
    );
    assert.equal(lineHtml('[x](javascript:alert)'), '<p><a href="">x</a></p>');
    assert.equal(lineHtml('<img src=x onerror=y>'), '<p>&lt;img src=x onerror=y&gt;</p>');
  });
});
