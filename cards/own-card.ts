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
import { type Extent, ownWords } from './own-words.ts';
import { cardAround, requestCard, rows } from './request-card.ts';
import { moment, strong, type Words, words } from './words.ts';

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
  const kind = words`Investigation package. Only you can see this view.`;
  const buttons = awaitingButtons(request, reader);
  return fitting(
    rowExtents,
    (extent) => cardAround(request, kind, rows(request, context, extent), buttons),
    () => briefCard(request, context, buttons),
  );
}

function ownCard(request: Proposed, context: CardContext, extent: Extent, room: RowExtent): AdaptiveCard {
  return cardAround(
    request,
    words`Investigation package. Only you can see this view.`,
    [
      ...invitation(request),
      ...rowsSaying(request, room, (each) => ownWords(each, request, context, extent)),
      ...choice(request),
    ],
    ownButtons(request, context),
  );
}

/** What is asked of the requester, said once where there are several devices. */
function invitation(request: Proposed): readonly CardElement[] {
  const { devices, expiresAt } = request;
  if (devices.length < 2 || !canCollect(request)) return [];
  const go = strong(confirmTitle(request));
  const until = moment(expiresAt);
  return [
    text(
      words`Are these the right devices? Nothing has been sent yet. Untick what is to be left out. You can press ${go} until ${until}.`,
    ),
  ];
}

/** The list of the devices that are offered; of several names the first that is open. */
function choice(request: Proposed): readonly CardElement[] {
  const open = openChoice(request);
  if (open === undefined) return [];
  const { devices, hasMore } = open.sighting;
  const list = choices({ id: 'device', label: 'Device', errorMessage: 'Pick one of the devices.' }, [
    ...devices.map((device) => [choiceWords(device), device.id] as const),
    ...(request.devices.length === 1 ? [] : [[words`None of these: leave it out`, 'none'] as const]),
  ]);
  const which = request.devices.length === 1 ? [] : [text(words`“${nameOf(open)}” is one of these:`)];
  if (!hasMore) return [...which, list];
  const narrow = words`There are more than these ${devices.length}. If yours is not among them, narrow it down: press ${strong('Cancel')}, and send the command again with more of the name, or with the device ID.`;
  return [...which, list, text(narrow, { spacing: 'small' })];
}

/** What tells one record of a device from another. No card function works in a list, so the moment is in UTC. */
export function choiceWords(device: Device): Words {
  const { id, lastSeen, details } = device;
  const seen = lastSeen === undefined ? words`no full report` : words`last full report ${moment(lastSeen)}`;
  const inGroup = details?.group === undefined ? words`` : words`, group ${clipped(details.group, 80)}`;
  const name = clipped(deviceName(device), 80);
  return words`${name}: ${seen}, ${deviceLine({ ...device, os: clipped(device.os, 60) })}${inGroup}, ID ${id.slice(0, 8)}…`;
}
