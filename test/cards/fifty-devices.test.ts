import assert from 'node:assert/strict';
import type { AdaptiveCard, CardElement } from '../../cards/adaptive-card.ts';
import { approvalCall } from '../../cards/approval-call.ts';
import { approvalCard } from '../../cards/approval-card.ts';
import { briefCard } from '../../cards/brief-card.ts';
import { cancelCollectionForm, denyForm, downloadForm, editReasonForm } from '../../cards/forms.ts';
import { sharedCard } from '../../cards/guarded-card.ts';
import { noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { cardFor } from '../../cards/own-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { mostDevices } from '../../src/domain/command.ts';
import type { Device } from '../../src/domain/device.ts';
import { isForApprovers, noticesDue } from '../../src/domain/notice.ts';
import { canBeLeftOut } from '../../src/domain/proposed-devices.ts';
import { type Collection, isFinal, type ProposedDevice, type Request } from '../../src/domain/request.ts';
import { collectionId, deviceId } from '../build/ids.ts';
import { dana, omar } from '../build/person.ts';
import { aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyOwnProposal, everyRequest } from './every-card.ts';

/** A name of 60 letters. */
const nameOf = (n: number) => `web-${n}-`.padEnd(60, 'frankfurt-');
const longReason = aReason('lateral movement from this host, see the ticket '.repeat(21).slice(0, 1_000));
const places = Array.from({ length: mostDevices }, (_, n) => n);

function renamed(device: Device, n: number): Device {
  return { ...device, id: deviceId(n + 1), name: nameOf(n) };
}

function proposedAt(devices: readonly ProposedDevice[], n: number): ProposedDevice {
  const each = devices[n % devices.length];
  assert.ok(each !== undefined);
  const { sighting } = each;
  const query = { by: 'name', name: nameOf(n) } as const;
  return sighting.step === 'found'
    ? { query, sighting: { ...sighting, device: renamed(sighting.device, n) } }
    : { query, sighting };
}

function collectionAt<Kind extends Collection>(collections: readonly Kind[], n: number): Kind {
  const each = collections[n % collections.length];
  assert.ok(each !== undefined);
  return { ...each, id: collectionId(n + 1), device: renamed(each.device, n) };
}

/** The same request with fifty devices, each at what one of its own is at. */
function fifty(request: Request): Request {
  switch (request.state) {
    case 'proposed':
    case 'cancelled':
    case 'expired':
      return { ...request, devices: places.map((n) => proposedAt(request.devices, n)) };
    case 'awaitingApproval':
    case 'denied': {
      const [seen] = request.devices;
      assert.ok(seen !== undefined);
      const { sighting, query } = seen;
      const devices = places.map((n) => ({ query, sighting: { ...sighting, device: renamed(sighting.device, n) } }));
      return { ...request, devices };
    }
    case 'confirmed':
      return { ...request, collections: places.map((n) => collectionAt(request.collections, n)) };
    case 'done':
      return { ...request, collections: places.map((n) => collectionAt(request.collections, n)) };
  }
}

/** Half of them left out. */
function halved(request: Request): Request {
  const leftOut = places.slice(25).map(
    (n): ProposedDevice => ({
      query: { by: 'name', name: nameOf(n) },
      sighting: { step: 'looking' },
    }),
  );
  switch (request.state) {
    case 'proposed':
    case 'cancelled':
    case 'expired':
      return request;
    case 'awaitingApproval':
    case 'denied':
      return { ...request, devices: request.devices.slice(0, 25), leftOut };
    case 'confirmed':
      return { ...request, collections: request.collections.slice(0, 25), leftOut };
    case 'done':
      return { ...request, collections: request.collections.slice(0, 25), leftOut };
  }
}

const requests: ReadonlyMap<string, Request> = new Map(
  [...everyRequest, ...everyOwnProposal].flatMap(([name, one]): [string, Request][] => {
    const request = fifty(one);
    return [
      [name, request],
      [`${name}, with a long reason`, { ...request, reason: longReason }],
      [`${name}, with half of them left out`, halved(request)],
    ];
  }),
);

/** Every view of a request that names its devices. */
function viewsOf(request: Request): ReadonlyMap<string, AdaptiveCard> {
  return new Map([
    ['shared', requestCard(request, cardContext)],
    ['own', cardFor(dana, request, cardContext)],
    ['another’s', cardFor(omar, request, cardContext)],
    ...(request.state === 'awaitingApproval' ? [['approval', approvalCard(request, cardContext)] as const] : []),
  ]);
}

function otherCards(request: Request): readonly AdaptiveCard[] {
  return [
    ...(request.state === 'proposed' || request.state === 'awaitingApproval'
      ? []
      : [approvalCard(request, cardContext)]),
    sharedCard(request, cardContext, 'mixed'),
    briefCard(request, cardContext),
    editReasonForm(cardContext.say, request, places),
    cancelCollectionForm(cardContext.say, request),
    downloadForm(cardContext.say, request),
    ...(request.state === 'awaitingApproval' ? [denyForm(cardContext.say, request)] : []),
    ...noticesDue(request).flatMap((notice) =>
      isForApprovers(notice) ? [approvalCall(notice, cardContext, 'own')] : [],
    ),
  ];
}

function boxesOf({ body }: AdaptiveCard): readonly CardElement[] {
  return body.flatMap(flat).filter(({ type }) => type === 'Input.Toggle');
}

function flat(element: CardElement): readonly CardElement[] {
  return element.type === 'Container' ? element.items.flatMap(flat) : [element];
}

const bytes = (value: unknown) => JSON.stringify(value).length * 2;
const most = 28 * 1024;

type Views = ReadonlyMap<string, AdaptiveCard>;

describe('A request for fifty devices with names of sixty letters', () => {
  let views: ReadonlyMap<string, readonly [Request, Views]>;
  before(() => {
    views = new Map([...requests].map(([name, request]) => [name, [request, viewsOf(request)]]));
  });

  it('has no card of more than 28 KB, in any state and any view', () => {
    for (const [name, [request, shown]] of views) {
      const cards = [...shown.values(), ...otherCards(request)];
      for (const card of cards) assert.ok(bytes(card) <= most, `${name}: ${bytes(card)}`);
    }
  });

  it('has no message of more than 28 KB', () => {
    for (const [name, request] of requests) {
      for (const notice of noticesDue(request)) {
        const messages = [
          removedBotMessage(notice, cardContext),
          ...(isForApprovers(notice) ? [] : [noticeMessage(cardContext.say, notice)]),
        ];
        for (const message of messages) assert.ok(bytes(message) <= most, name);
      }
    }
  });

  it('names each of them on each card, however little room there is', () => {
    for (const [name, [, shown]] of views) {
      for (const [view, card] of shown) {
        const text = JSON.stringify(card);
        const missing = places.filter((n) => !text.includes(nameOf(n).slice(0, 29)));
        assert.deepEqual(missing, [], `${name}, ${view}`);
      }
    }
  });

  it('has a box to tick for each device that can be left out, as soon as it can be confirmed, in every view', () => {
    for (const name of ['many-found', 'many-found-in-part', 'own-too-many-for-details', 'many-proposed']) {
      const request = requests.get(name);
      assert.ok(request?.state === 'proposed');
      const ticks = places.filter((n) => name !== 'many-proposed' && canBeLeftOut(request.devices, n)).length;
      for (const [view, card] of viewsOf(request)) assert.equal(boxesOf(card).length, ticks, `${name}, ${view}`);
    }
  });

  it('says how each of them stands', () => {
    const running = requests.get('many-running');
    assert.ok(running?.state === 'confirmed');
    const text = JSON.stringify(requestCard(running, cardContext));
    const done = running.collections.filter(isFinal).length;
    assert.match(text, new RegExp(`${done} of 50 done, \\d+ failed, \\d+ cancelled`));
    for (const word of ['Sign-in needed', 'In progress|Pending', 'Succeeded', 'Failed', 'Timed out', 'Refused']) {
      assert.match(text, new RegExp(`web-\\d+-[a-z-]+…?\\*\\*: (?:${word})`));
    }
  });
});
