/**
 * The requester's own view of their proposal. It shows what Defender shows them, so it is made for nobody else: it is
 * the answer to their clicks and to their client's `refresh`, and is never posted.
 */
import type { Device } from '../src/domain/device.ts';
import type { Instant } from '../src/domain/instant.ts';
import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { AwaitingApproval, Proposed, Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type CardElement, choices, text } from './adaptive-card.ts';
import { briefCard } from './brief-card.ts';
import {
  type AwaitingReader,
  awaitingButtons,
  canCollect,
  confirmTitle,
  hasOwnView,
  openChoice,
  ownButtons,
} from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { rowsSaying } from './device-rows.ts';
import { deviceLine, deviceName, nameOf } from './device-words.ts';
import { fitting, type RowExtent, rowExtents } from './fitting.ts';
import type { Catalogue } from './language/catalogue.ts';
import { type Extent, ownWords } from './own-words.ts';
import { cardAround, requestCard, rows } from './request-card.ts';
import { moment, type Words, words } from './words.ts';

/** The card of a request as this person may see it, at this moment. */
export function cardFor(person: Person, request: Request, context: CardContext, now?: Instant): AdaptiveCard {
  if (request.state === 'awaitingApproval') return awaitingCardFor(person, request, context);
  if (!hasOwnView(request) || !isSamePerson(person, request.requester)) return requestCard(request, context, now);
  const buttons = ownButtons(request, context);
  return fitting(
    extents,
    ([extent, room]) => ownCard(request, context, extent, room),
    () => briefCard(request, context, buttons),
  );
}

/** Where not everything fits, warnings matter most. */
const extents: readonly (readonly [Extent, RowExtent])[] = [
  ['everything', 'boxes'],
  ...rowExtents.map((room) => ['warnings', room] as const),
];

/** Each reader is offered what they may do: the requester to take it back, anybody else to decide. */
function awaitingCardFor(person: Person, request: AwaitingApproval, context: CardContext): AdaptiveCard {
  const reader: AwaitingReader = isSamePerson(person, request.requester) ? 'requester' : 'approver';
  const kind = context.say.requestCard.onlyYou;
  const buttons = awaitingButtons(context.say, request, reader);
  return fitting(
    rowExtents,
    (extent) => cardAround(context, request, kind, rows(request, context, extent), buttons),
    () => briefCard(request, context, buttons),
  );
}

function ownCard(request: Proposed, context: CardContext, extent: Extent, room: RowExtent): AdaptiveCard {
  const { say } = context;
  return cardAround(
    context,
    request,
    say.requestCard.onlyYou,
    [
      ...invitation(say, request),
      ...rowsSaying(say, request, room, (each) => ownWords(each, request, context, extent)),
      ...choice(say, request),
    ],
    ownButtons(request, context),
  );
}

/** What is asked of the requester, said once where there are several devices. */
function invitation(say: Catalogue, request: Proposed): readonly CardElement[] {
  const { devices, expiresAt } = request;
  if (devices.length < 2 || !canCollect(request)) return [];
  return [text(say.own.rightDevices(say.buttons[confirmTitle(request)], moment(expiresAt)))];
}

/** The list of the devices that are offered; of several names the first that is open. */
function choice(say: Catalogue, request: Proposed): readonly CardElement[] {
  const { own } = say;
  const open = openChoice(request);
  if (open === undefined) return [];
  const { devices, hasMore } = open.sighting;
  const list = choices({ id: 'device', label: own.device, errorMessage: own.pickOne }, [
    ...devices.map((device) => [choiceWords(say, device), device.id] as const),
    ...(request.devices.length === 1 ? [] : [[own.noneOfThese, 'none'] as const]),
  ]);
  const which = request.devices.length === 1 ? [] : [text(own.oneOfThese(nameOf(open)))];
  if (!hasMore) return [...which, list];
  return [...which, list, text(own.thereAreMore(devices.length), { spacing: 'small' })];
}

/** What tells one record of a device from another. No card function works in a list, so the moment is in UTC. */
export function choiceWords(say: Catalogue, device: Device): Words {
  const { own } = say;
  const { id, lastSeen, details } = device;
  const seen = lastSeen === undefined ? own.noFullReport : own.lastFullReport(moment(lastSeen));
  const inGroup = details?.group === undefined ? words`` : own.inGroup(clipped(details.group, 80));
  const name = clipped(deviceName(device), 80);
  const what = deviceLine(say, { ...device, os: clipped(device.os, 60) });
  return own.choice(name, seen, what, inGroup, `${id.slice(0, 8)}…`);
}
