import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { AdaptiveCard, CardElement } from '../../cards/adaptive-card.ts';
import { type ChatMessage, chatMessage } from '../../cards/chat-message.ts';
import { noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { mention, words } from '../../cards/words.ts';
import { isForApprovers, noticesDue } from '../../src/domain/notice.ts';
import { aPerson, dana } from '../build/person.ts';
import { cardContext } from './card-context.ts';
import { cardsWith, requestsWith } from './hostile.ts';
import { untrustedText } from './untrusted-text.ts';

const markdown = new MarkdownIt({ html: true });

/** Which markup a text holds, in order, and which card functions: all but the words. */
function markupOf(text: string): readonly string[] {
  const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const marks = tokens.filter(({ type }) => type !== 'text' && type !== 'inline').map(({ type }) => type);
  return [...marks, ...(text.match(/\{\{(?:DATE|TIME)\(/g) ?? [])];
}

function textsOf({ body, fallbackText }: AdaptiveCard): readonly string[] {
  return [fallbackText, ...body.flatMap(textsWithin)];
}

function textsWithin(element: CardElement): readonly string[] {
  switch (element.type) {
    case 'TextBlock':
      return [element.text];
    case 'Container':
      return element.items.flatMap(textsWithin);
    case 'FactSet':
      return element.facts.flatMap(({ title, value }) => [title, value]);
    case 'Input.ChoiceSet':
      return element.choices.map(({ title }) => title);
    case 'Input.Toggle':
      return [element.title];
    case 'Input.Text':
    case 'ActionSet':
      return [];
  }
}

function messagesWith(text: string): readonly ChatMessage[] {
  const requests = requestsWith(text);
  const notices = requests.flatMap((request) => noticesDue(request));
  return [
    ...notices.flatMap((notice) => (isForApprovers(notice) ? [] : [noticeMessage(cardContext.say, notice)])),
    ...notices.map((notice) => removedBotMessage(notice, cardContext)),
  ];
}

describe('Reasons, device names and display names', () => {
  const harmless = cardsWith('web').map((card) => textsOf(card).map(markupOf));

  it('add no markup and no card function to any card', () => {
    fc.assert(
      fc.property(
        untrustedText.map((text) => `a${text}`),
        (text) => {
          assert.deepEqual(
            cardsWith(text).map((card) => textsOf(card).map(markupOf)),
            harmless,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('add no markup to any message', () => {
    const expected = messagesWith('web').map(({ text }) => markupOf(text));
    fc.assert(
      fc.property(
        untrustedText.map((text) => `a${text}`),
        (text) => {
          assert.deepEqual(
            messagesWith(text).map((message) => markupOf(message.text)),
            expected,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('mention nobody but the one who is meant, exactly as the mention names them', () => {
    fc.assert(
      fc.property(untrustedText, untrustedText, (name, said) => {
        const person = aPerson(1, { name });
        const { text, mentions } = chatMessage(words`${mention(person)} ${said}`);
        const [only] = mentions;
        assert.equal(mentions.length, 1);
        assert.ok(only !== undefined && text.startsWith(only.text));
        assert.equal(text.split('<at>').length, 2);
        assert.equal(markdown.renderInline(only.text), only.text.replace(/"/g, '&quot;'));
      }),
    );
  });

  it('cannot make a person without a readable name vanish from a mention', () => {
    assert.equal(chatMessage(words`${mention({ ...dana, name: '\u202e**' })}`).text, '<at>somebody</at>');
  });
});
