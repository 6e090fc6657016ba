import assert from 'node:assert/strict';
import { requestCard } from '../../cards/request-card.ts';
import { inTab, tabReader, worksInTab } from '../../cards/tab-card.ts';
import { cardIdText, parseCardId, tabLink } from '../../cards/tab-card-id.ts';
import { tabRow } from '../../cards/tab-rows.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { machineActionId, requestId } from '../build/ids.ts';
import { dana, omar } from '../build/person.ts';
import { aConfirmed, aDone, aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyCard } from './every-card.ts';

const tab = 'https://teams.microsoft.com/l/entity/app/collections';

describe('a card in the tab', () => {
  const nobodys = ['approve', 'askDeny', 'deny', 'showStatus', 'askByForm'];
  const requesters = ['collect', 'cancel', 'edit', 'earlierLink', 'tryAgain', 'keepFollowing'];

  for (const [reader, missing] of [
    ['requester', nobodys],
    ['other', [...nobodys, ...requesters]],
  ] as const) {
    it(`has no button that is not for the ${reader} outside the conversation, however deep it stands`, () => {
      for (const [name, card] of everyCard) {
        const shown = JSON.stringify(inTab(card, reader));
        for (const verb of missing) assert.ok(!shown.includes(`"verb":"${verb}"`), `${name} offers ${verb}`);
        assert.ok(!shown.includes('"type":"ActionSet","actions":[]'), name);
      }
      assert.ok(JSON.stringify([...everyCard]).includes('"verb":"earlierLink"'));
    });
  }

  it('offers the requester alone what is theirs', () => {
    const request = aDone({ collections: [aCollection.failed()] });
    assert.deepEqual([tabReader(dana, request), tabReader(omar, request)], ['requester', 'other']);
    const buttons = (reader: 'requester' | 'other') =>
      inTab(requestCard(request, cardContext), reader).actions.map(({ title }) => title);
    assert.deepEqual([buttons('requester'), buttons('other')], [['Try again'], []]);
    assert.ok(worksInTab('refresh', 'other'));
    assert.ok(!worksInTab('collect', 'other'));
  });

  it('says everything that the card in the chat says', () => {
    const card = requestCard(aConfirmed({ collections: [aCollection.running()] }), cardContext);
    assert.deepEqual(inTab(card, 'requester').body, card.body);
  });
});

describe('the link on a card to the tab', () => {
  it('names the request as the tab reads it back', () => {
    const link = new URL(tabLink({ id: requestId(5) }, { tab }) ?? '');
    const { subEntityId } = JSON.parse(link.searchParams.get('context') ?? '');
    assert.deepEqual(parseCardId(subEntityId), { kind: 'request', id: requestId(5) });
  });

  it('stands on every card of which Defender has something, where the tab’s address is known', () => {
    const withTab = { ...cardContext, tab };
    for (const request of [aConfirmed(), aDone()]) {
      assert.ok(JSON.stringify(requestCard(request, withTab)).includes('Open in the Collections tab'));
      assert.ok(!JSON.stringify(requestCard(request, cardContext)).includes('Collections tab'));
    }
    assert.ok(!JSON.stringify(requestCard(aProposal(), withTab)).includes('Collections tab'));
  });

  it('names an action, too, and nothing that is neither', () => {
    const id = { kind: 'action', id: machineActionId() } as const;
    assert.deepEqual(parseCardId(cardIdText(id)), id);
    for (const text of ['', 'request-', 'request-1', machineActionId(), `device-${machineActionId()}`]) {
      assert.equal(parseCardId(text), undefined);
    }
  });
});

describe('a row of the tab', () => {
  const action = anAction({ requestor: 'omar.haddad@corp.example', deviceName: 'lap\u202e-1\n2' });
  const running = aCollection.running();
  const own = { request: aConfirmed({ collections: [running] }), collection: running };
  const joined = aCollection.running({ ownership: { kind: 'joined' } });
  const other = {
    request: aConfirmed({ id: requestId(2), requester: omar, collections: [joined] }),
    collection: joined,
  };

  it('opens the reader’s own request before the one that started it, and neither where they may not', () => {
    const row = { kind: 'action', action, followers: [own, other] } as const;
    assert.equal(tabRow(cardContext.say, omar, row, () => true).opens, `request-${requestId(2)}`);
    assert.equal(tabRow(cardContext.say, dana, row, () => true).opens, `request-${requestId()}`);
    assert.equal(tabRow(cardContext.say, dana, row, () => false).opens, `action-${action.id}`);
  });

  it('names who started it: by the bot’s name where it was asked through it, by Defender’s else', () => {
    assert.equal(
      tabRow(cardContext.say, omar, { kind: 'action', action, followers: [own, other] }, () => true).who,
      dana.name,
    );
    assert.equal(
      tabRow(cardContext.say, omar, { kind: 'action', action, followers: [other] }, () => true).who,
      action.requestor,
    );
    const { requestor: _, ...nameless } = action;
    assert.match(
      tabRow(cardContext.say, omar, { kind: 'action', action: nameless, followers: [] }, () => true).who,
      /does not name/,
    );
  });

  it('shows the text of others in one line that reads as it is written', () => {
    assert.equal(
      tabRow(cardContext.say, dana, { kind: 'action', action, followers: [] }, () => true).device,
      'lap-1 2',
    );
  });
});
