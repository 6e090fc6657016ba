import assert from 'node:assert/strict';
import { noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { minute } from '../../src/domain/instant.ts';
import { isForApprovers } from '../../src/domain/notice.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { after as moment } from '../build/moment.ts';
import { dana } from '../build/person.ts';
import { aDone } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyNotice } from './every-sentence.ts';

describe('A message beside the card', () => {
  it('mentions the requester, and nobody else', () => {
    assert.ok(everyNotice.size > 10);
    for (const [name, notice] of everyNotice) {
      if (isForApprovers(notice)) continue;
      const { text, mentions } = noticeMessage(cardContext.say, notice);
      assert.deepEqual(mentions, [{ person: dana, text: '<at>Dana Reyes</at>' }], name);
      assert.ok(text.startsWith('<at>Dana Reyes</at> '), name);
    }
  });

  it('names the device, the final status and how long it took', () => {
    const collections = [aCollection.timedOut({ sentAt: moment(0), finishedAt: moment(12 * minute) })];
    const { text } = noticeMessage(cardContext.say, { key: 'closing', request: aDone({ collections }) });
    assert.match(text, /lap-0042\.corp\.example.*Timed out.* after 12 min/);
  });

  it('says how many packages there are, and has a line for each of several devices', () => {
    const collections = [
      aCollection.succeeded({ device: aDevice({ name: 'web-1' }) }),
      aCollection.failed({ device: aDevice({ name: 'web-2' }) }),
    ];
    const [first, ...rows] = noticeMessage(cardContext.say, {
      key: 'closing',
      request: aDone({ collections }),
    }).text.split('\n\n');
    assert.equal(first, '<at>Dana Reyes</at> 1 of 2 packages were collected.');
    assert.deepEqual(
      rows.map((row) => /web-\d/.exec(row)?.[0]),
      ['web-1', 'web-2'],
    );
  });

  it('has a line for each way of ending where there are many devices, and says what can be pressed', () => {
    const names = Array.from({ length: 12 }, (_, n) => `web-${n + 1}`);
    const collections = names.map((name, n) =>
      n < 9 ? aCollection.succeeded({ device: aDevice({ name }) }) : aCollection.failed({ device: aDevice({ name }) }),
    );
    const request = aDone({ collections });
    const lines = noticeMessage(cardContext.say, { key: 'closing', request }).text.split('\n\n');
    assert.deepEqual(lines, [
      '<at>Dana Reyes</at> 9 of 12 packages were collected.',
      `✔ **Succeeded** (9): ${names.slice(0, 9).join(', ')}`,
      `✖ **Failed** (3): ${names.slice(9).join(', ')}`,
      '**Get download link** is on the card above.',
      '**Retry failed** on the card above does only those that failed.',
    ]);
    assert.doesNotMatch(removedBotMessage({ key: 'closing', request }, cardContext).text, /card above/);
  });

  it('names of very many the first ten', () => {
    const collections = Array.from({ length: 50 }, (_, n) =>
      aCollection.failed({ device: aDevice({ name: `web-${n}` }) }),
    );
    assert.match(
      noticeMessage(cardContext.say, { key: 'closing', request: aDone({ collections }) }).text,
      /web-9 and 40 more/,
    );
  });

  it('says that a joined collection was already running', () => {
    const collections = [aCollection.succeeded({ ownership: { kind: 'joined' } })];
    assert.match(
      noticeMessage(cardContext.say, { key: 'closing', request: aDone({ collections }) }).text,
      /already running/,
    );
  });
});

describe('The same in 1:1, where the bot was removed', () => {
  it('says where it came from, links there, and mentions nobody', () => {
    const { text, mentions } = removedBotMessage({ key: 'closing', request: aDone() }, cardContext);
    assert.ok(text.includes('https://teams.microsoft.com/l/message/19%3Asoc%40thread.tacv2/1772421120000'));
    assert.deepEqual(mentions, []);
  });

  it('never points at a card or a button that is not there', () => {
    for (const [name, notice] of everyNotice) {
      assert.doesNotMatch(removedBotMessage(notice, cardContext).text, /card above|[Pp]ress |\*\*Ask your/, name);
    }
  });
});
