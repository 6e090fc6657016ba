import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import type { CardContext } from '../../cards/context.ts';
import { cardFor } from '../../cards/own-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { day, minute, second } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import { askedElsewhere, type Proposed, type Request, type Sighting } from '../../src/domain/request.ts';
import { anEarlier } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice, anOffer, fullDetails } from '../build/device.ts';
import { deviceId, machineActionId } from '../build/ids.ts';
import { after as past } from '../build/moment.ts';
import { aPerson, dana, omar } from '../build/person.ts';
import {
  aConfirmed,
  aDone,
  anApproval,
  anAwaiting,
  aProposal,
  aProposalAt,
  aProposedDevice,
  aQuestion,
  aReason,
  aSeenDevice,
} from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyOwnProposal, everyRequest } from './every-card.ts';

const inFull = aDevice({ details: fullDetails });

function own(request: Request): AdaptiveCard {
  return cardFor(dana, request, cardContext);
}

function shown(card: AdaptiveCard): string {
  return JSON.stringify(card);
}

/** Private values that can be told apart from everything else on a card. */
function withMarkers(): Proposed {
  const marker = (what: string) => `marker-${what}`;
  const details = {
    ...{ build: 98_765, risk: marker('risk'), exposure: marker('exposure'), value: marker('value') },
    ...{ group: marker('group'), tags: [marker('tag')], firstSeen: past(-777 * day) },
  };
  const device = aDevice({ details, lastSeen: past(-555 * day) });
  const offered = aDevice({ id: deviceId(2), name: marker('name'), os: marker('os'), details });
  const earlier = [
    anEarlier({ requestor: marker('requestor'), createdAt: past(-444 * day) }),
    anEarlier({ id: machineActionId(9), status: 'Pending', createdAt: past(-333 * day) }),
  ];
  return aProposal({
    devices: [
      aProposedDevice({ step: 'found', device, earlier }),
      aProposedDevice({ step: 'choosing', ...anOffer({ devices: [offered, { ...offered, id: deviceId(3) }] }) }),
    ],
  });
}

describe('The card that everybody sees', () => {
  it('holds nothing of what Defender shows only the requester', () => {
    const request = withMarkers();
    for (const card of [requestCard(request, cardContext), cardFor(omar, request, cardContext)]) {
      const text = shown(card);
      assert.ok(!/marker|98765|running|Restricted/.test(text), text);
      for (const days of [777, 555, 444, 333]) {
        assert.ok(!text.includes(new Date(past(-days * day)).toISOString().slice(0, 10)));
      }
      for (const id of [deviceId(2), deviceId(3), machineActionId(7), machineActionId(9)])
        assert.ok(!text.includes(id));
    }
  });

  it('is the same whatever the details are, but for a system that is too old', () => {
    const text = fc.string({ maxLength: 30 });
    const details = fc.record(
      {
        build: fc.integer({ min: 15_063 }),
        risk: text,
        exposure: text,
        value: text,
        group: text,
        tags: fc.array(text),
      },
      { requiredKeys: [] },
    );
    const card = (request: Request) => shown(requestCard(request, cardContext));
    fc.assert(
      fc.property(details, fc.array(text, { maxLength: 3 }), (each, names) => {
        const earlier = names.map((requestor) => anEarlier({ requestor }));
        const found = aProposalAt({ step: 'found', device: aDevice({ details: each }), earlier });
        assert.equal(card(found), card(aProposalAt({ step: 'found', device: aDevice() })));
        const devices = names.map((name) => aDevice({ name, details: each }));
        const choosing = aProposalAt({ step: 'choosing', ...anOffer({ devices, hasMore: true }) });
        assert.equal(card(choosing), card(aProposalAt({ step: 'choosing', ...anOffer() })));
      }),
    );
  });

  it('lets the requester’s client ask for their own view, and nobody else’s', () => {
    for (const [name, request] of [...everyOwnProposal, ...everyRequest]) {
      const { refresh } = requestCard(request, cardContext);
      const isSeen = request.state === 'proposed' && request.devices.some(({ sighting }) => hasMore(sighting));
      const isOwn = isSeen || (request.state === 'awaitingApproval' && askedElsewhere(request) === undefined);
      if (request.state === 'confirmed') continue;
      assert.deepEqual(refresh?.userIds, isOwn ? [dana.chatUserId] : undefined, name);
      assert.equal(refresh?.action.verb, isOwn ? 'showCard' : undefined, name);
    }
  });

  it('stays alive while something goes on, for whoever is involved', () => {
    const cancelAsked = { by: omar, at: past(second) };
    const running = aCollection.running({ cancelAsked });
    const refreshed = (request: Request) => requestCard(request, cardContext).refresh?.userIds;
    assert.deepEqual(refreshed(aConfirmed({ collections: [aCollection.running()] })), [dana.chatUserId]);
    assert.deepEqual(refreshed(aConfirmed({ collections: [running] })), [dana.chatUserId, omar.chatUserId]);
    assert.deepEqual(refreshed(aConfirmed({ approval: anApproval() })), [dana.chatUserId, omar.chatUserId]);
    assert.equal(refreshed(aDone()), undefined);
    const crowd = Array.from({ length: 80 }, (_, n) => aCollection.running({ watcher: aPerson(n) }));
    assert.equal(refreshed(aConfirmed({ collections: crowd }))?.length, 60);
  });

  it('says at a look for how long it has been running, and when the bot looks again', () => {
    const collections = [aCollection.running({ sentAt: past(0) })];
    const at = (now: number, context: CardContext = { ...cardContext, followIntervalMs: 20 * second }) =>
      shown(cardFor(omar, aConfirmed({ collections }), context, past(now)));
    assert.match(at(200 * second), /For 3 min 20 s so far\. The bot looks again by \{\{DATE\(2026-03-02T03:15:40Z/);
    assert.match(at(20 * minute), /For 20 min so far\. The bot looks again by \{\{DATE\(2026-03-02T03:33:00Z/);
    assert.match(at(200 * second, cardContext), /For 3 min 20 s so far\."/);
    assert.doesNotMatch(shown(requestCard(aConfirmed({ collections }), cardContext)), /so far/);
    assert.doesNotMatch(shown(cardFor(omar, aDone(), cardContext, past(0))), /so far/);
  });

  it('says who chooses, and nothing of what there is to choose from', () => {
    const asked = { by: 'name', name: 'lap-0042' } as const;
    const choosing = (match: 'sameName' | 'nearName') =>
      aProposal({ devices: [{ query: asked, sighting: { step: 'choosing', ...anOffer({ match }) } }] });
    assert.match(
      shown(requestCard(choosing('sameName'), cardContext)),
      /Several devices are called “lap-0042”: Dana Reyes chooses/,
    );
    assert.match(shown(requestCard(choosing('nearName'), cardContext)), /no device called “lap-0042”/);
  });

  it('warns of a system that Defender’s documentation does not name, and of a sensor that is silent', () => {
    const seen = (over: Parameters<typeof aDevice>[0]) =>
      shown(requestCard(aProposalAt({ step: 'found', device: aDevice(over) }), cardContext));
    assert.match(seen({ os: 'Linux' }), /Defender may refuse/);
    assert.match(seen({ os: 'Windows10 1607', details: { build: 14_393 } }), /Defender may refuse/);
    assert.match(seen({ health: 'NoSensorData' }), /pending for hours or days/);
    assert.ok(!/may refuse|pending for/.test(seen({})));
  });
});

describe('A card that awaits approval', () => {
  const titles = (person: Person, request = anAwaiting()) =>
    cardFor(person, request, cardContext).actions.map(({ title }) => title);

  it('offers each reader what they may do: the requester to take it back, anybody else to decide', () => {
    assert.deepEqual(titles(dana), ['Cancel']);
    assert.deepEqual(titles(omar), ['Approve', 'Deny']);
  });

  it('asks the requester’s client alone for a view of its own', () => {
    for (const person of [dana, omar]) {
      assert.deepEqual(cardFor(person, anAwaiting(), cardContext).refresh?.userIds, [dana.chatUserId]);
    }
  });

  it('says neither which device counts as high value nor what makes it so', () => {
    const request = anAwaiting({ question: aQuestion({ why: 'highValueDevice' }) });
    assert.match(shown(requestCard(request, cardContext)), /This device counts as high value/);
    const two = { ...request, devices: [aSeenDevice(), aSeenDevice(aDevice({ id: deviceId(2) }))] };
    assert.match(shown(requestCard(two, cardContext)), /Among these devices is one that counts as high value/);
  });
});

describe('The requester’s own view', () => {
  it('is for the requester alone: anybody else gets the shared card', () => {
    for (const [name, request] of everyOwnProposal) {
      assert.deepEqual(cardFor(omar, request, cardContext), requestCard(request, cardContext), name);
      assert.notDeepEqual(own(request), requestCard(request, cardContext), name);
    }
  });

  it('is the shared card once the request is confirmed, or over', () => {
    for (const request of [aConfirmed(), aDone()]) assert.deepEqual(own(request), requestCard(request, cardContext));
  });

  it('says last report, build, risk, exposure, value, tags, group, and where the device stands in Defender', () => {
    const text = shown(own(aProposalAt({ step: 'found', device: inFull, earlier: [] })));
    for (const part of [
      /Last full report \{\{DATE/,
      /about once a day/,
      /Build 22631, risk Medium, exposure High, value High/,
      /Device group Workstations/,
      /Tags: finance, kiosk/,
      new RegExp(`security\\.microsoft\\.com/machines/v2/${deviceId()}`),
      /no earlier collection/,
    ]) {
      assert.match(text, part);
    }
  });

  it('names who collected from the device before, and when', () => {
    const text = shown(own(aProposalAt({ step: 'found', device: inFull, earlier: [anEarlier({ status: 'Failed' })] })));
    assert.match(text, /Failed: \*\*omar\.haddad@corp\.example\*\*, \{\{DATE/);
  });

  it('says when Defender did not tell, instead of that there was nothing', () => {
    assert.match(
      shown(own(aProposalAt({ step: 'found', device: inFull }))),
      /was not looked up, or Defender did not say/,
    );
  });

  it('names who has a collection running, and offers to follow it', () => {
    const running = anEarlier({ status: 'Pending' });
    const text = shown(own(aProposalAt({ step: 'found', device: inFull, earlier: [running] })));
    assert.match(text, /already running on it: \*\*omar\.haddad@corp\.example\*\* started it at/);
    assert.match(text, /can press \*\*Follow it\*\*/);
  });

  it('offers Collect where only some of several devices are busy', () => {
    const devices = [[], [anEarlier({ status: 'Pending' })]].map((earlier, n) =>
      aProposedDevice({ step: 'found', device: aDevice({ id: deviceId(n) }), earlier }),
    );
    const card = own(aProposal({ devices }));
    assert.equal(card.actions[0]?.title, 'Collect');
    assert.match(shown(card), /already running on it/);
  });

  it('warns of the tag Restricted security operations', () => {
    const tagged = aDevice({ details: { tags: ['Restricted security operations'] } });
    assert.match(shown(own(aProposalAt({ step: 'found', device: tagged }))), /Defender may refuse the collection/);
  });

  it('offers the link to a package of the last 24 h, and none to an older one', () => {
    const seen = (createdAt = past(-2 * day)) => {
      const sighting: Sighting = {
        ...{ step: 'found', device: inFull },
        earlier: [anEarlier({ createdAt, updatedAt: createdAt })],
      };
      return shown(own(aProposalAt(sighting)));
    };
    assert.match(seen(past(-day / 2)), new RegExp(`"verb":"earlierLink".*"action":"${machineActionId(7)}"`));
    assert.ok(!seen().includes('earlierLink'));
  });

  it('lists what there is to choose from: name, report, system, health, group and id', () => {
    const offered = aProposalAt({ step: 'choosing', ...anOffer() });
    const list = own(offered).body.find((element) => element.type === 'Input.ChoiceSet');
    assert.deepEqual(
      list?.choices.map(({ value }) => value),
      [deviceId(), deviceId(2)],
    );
    assert.match(
      list?.choices[0]?.title ?? '',
      /^lap-0042\.corp\.example: last full report \d{4}-\d\d-\d\d \d\d:\d\d UTC, Windows11 23H2, sensor active, group Workstations, ID /,
    );
  });

  it('says that the list is not all, where it is not', () => {
    const seen = (hasMore: boolean) => shown(own(aProposalAt({ step: 'choosing', ...anOffer({ hasMore }) })));
    assert.match(seen(true), /narrow it down/);
    assert.ok(!seen(false).includes('narrow it down'));
  });

  it('fits into 28 KB of UTF-16 with the longest reason and all that Defender may say', () => {
    const long = '_'.repeat(2_000);
    const details = {
      build: 22_631,
      risk: long,
      exposure: long,
      value: long,
      group: long,
      tags: Array(200).fill(long),
    };
    const device = (n: number) => aDevice({ id: deviceId(n), name: 'n'.repeat(64), details });
    const earlier = Array.from({ length: 5 }, () => anEarlier({ requestor: long }));
    const reason = aReason('r'.repeat(1_000));
    const sightings: readonly (readonly Sighting[])[] = [
      [{ step: 'found', device: device(1), earlier }],
      [{ step: 'choosing', ...anOffer({ devices: Array.from({ length: 15 }, (_, n) => device(n)), hasMore: true }) }],
      [1, 2, 3, 4, 5].map((n) => ({ step: 'found', device: device(n), earlier })),
    ];
    for (const each of sightings) {
      const size = shown(own(aProposal({ reason, devices: each.map(aProposedDevice) }))).length * 2;
      assert.ok(size <= 28 * 1024, `${each.length} devices: ${size}`);
    }
  });
});

function hasMore({ step }: Sighting): boolean {
  return step === 'found' || step === 'choosing';
}
