import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { messageText } from '../../cards/chat-message.ts';
import { placeWords } from '../../cards/place-words.ts';
import { parseConversationId } from '../../src/domain/ids.ts';
import { aPlace } from '../build/request.ts';
import { cardContext } from './card-context.ts';

const markdown = new MarkdownIt({ html: true });
const printable = fc.string({ unit: fc.constantFrom(...'aZ09:@.;=()[]<>\'"!*_`\\&%#?/'), minLength: 1, maxLength: 20 });

describe('Where a request came from', () => {
  it('is one link to that thread, and to nothing else, whatever the ids hold', () => {
    fc.assert(
      fc.property(printable, printable, (channel, thread) => {
        const conversation = parseConversationId(`19:${channel}@thread.tacv2;messageid=${thread}`);
        if (conversation === undefined || /;messageid=/.test(channel + thread)) return;
        // An address cannot have such a part, however it is written.
        if (/^\.\.?$/.test(thread)) return;
        const text = messageText(placeWords(aPlace({ conversation }), cardContext));
        const [line] = markdown.parseInline(text, {});
        const kinds = (line?.children ?? []).map(({ type }) => type);
        assert.deepEqual(kinds, ['text', 'link_open', 'text', 'link_close'], text);
        const href = line?.children?.[1]?.attrGet('href') ?? '';
        const { origin, pathname, search, hash } = new URL(href);
        assert.equal(origin, new URL(cardContext.teams).origin);
        assert.deepEqual([search, hash], ['', '']);
        assert.equal(decodeURIComponent(pathname), `/l/message/19:${channel}@thread.tacv2/${thread}`);
      }),
    );
  });
});
