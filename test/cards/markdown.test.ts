import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { escapeForCard, escapeForMessage, insideCode, oneLine } from '../../cards/markdown.ts';
import { untrustedText } from './untrusted-text.ts';

const markdown = new MarkdownIt({ html: true });

/** A paragraph that shows exactly this text and marks up nothing. */
function paragraph(text: string): string {
  return text === '' ? '' : `<p>${markdown.utils.escapeHtml(text)}</p>\n`;
}

describe('Untrusted text', () => {
  it('comes out of the Markdown of a card letter by letter, and marks up nothing', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.equal(markdown.render(escapeForCard(text)), paragraph(oneLine(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes out of the Markdown of a message letter by letter, and marks up nothing', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.equal(markdown.render(escapeForMessage(text)), paragraph(oneLine(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never opens a mention, a tag or a card function, whoever reads it before the Markdown does', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.doesNotMatch(escapeForCard(text), /\{\{|(?<!\\)</);
        assert.doesNotMatch(escapeForMessage(text), /[<>]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays inside the backticks of an example', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.doesNotMatch(insideCode(text), /[`<>&{}\r\n]/);
      }),
    );
  });
});

describe('A line of untrusted text', () => {
  it('has no line breaks, control characters, direction marks, or halves of letters', () => {
    fc.assert(
      fc.property(untrustedText, (text) => {
        assert.doesNotMatch(oneLine(text), /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u);
      }),
    );
  });

  it('keeps what scripts and emoji need', () => {
    assert.equal(oneLine('👩\u200d🚒 می\u200cخواهم É\u0301'), '👩\u200d🚒 می\u200cخواهم É\u0301');
  });

  it('shows a name that was written backwards as it really is', () => {
    assert.equal(oneLine('invoice\u202efdp.exe'), 'invoicefdp.exe');
  });
});
