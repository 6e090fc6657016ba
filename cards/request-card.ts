/** The card that everybody in the conversation sees, in every state of a request. */
import { type Collection, isFinal, type Proposed, type Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, type CardElement, card, group, text } from './adaptive-card.ts';
import { awaitingWords, deniedWords, expiredWords } from './approval-words.ts';
import { ownViewRefresh, requestButtons } from './buttons.ts';
import type { CardContext } from './context.ts';
import { collectionRows, heldRows, proposedRows } from './device-rows.ts';
import { deviceName, devicesTitle, nameOf } from './device-words.ts';
import { statusOfCollection, statusOfRequest } from './status.ts';
import { timeline } from './timeline.ts';
import { moment, strong, type Words, words } from './words.ts';

/**
 * Builds the shared card. It shows what everybody may see (device name, id, system, health, reason, people, status)
 * and nothing else: it must not lend one person's Defender rights to a whole channel.
 */
export function requestCard(request: Request, context: CardContext): AdaptiveCard {
  return cardAround(request, words`Investigation package`, rows(request, context), requestButtons(request, context));
}

/**
 * Every view of a request: what its devices are at is told by `rows`, between the title and the reason. Clients ask for
 * the view that is their person's own.
 */
export function cardAround(
  request: Request,
  kind: Words,
  rows: readonly CardElement[],
  buttons: readonly Button[],
): AdaptiveCard {
  const reason = [
    text(words`Reason`, { size: 'small', isSubtle: true }),
    text(words`“${request.reason}”`, { spacing: 'none' }),
  ];
  const view = card(
    summaryWords(request),
    [
      text(kind, { size: 'small', isSubtle: true }),
      text(devicesTitle(deviceNames(request)), { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      ...rows,
      group(reason, { style: 'emphasis', spacing: 'medium' }),
      text(peopleWords(request), { spacing: 'medium' }),
      { ...timeline(request), spacing: 'small' },
    ],
    buttons,
  );
  const refresh = ownViewRefresh(request);
  return refresh === undefined ? view : { ...view, refresh };
}

/** The names of a request's devices, in the order in which they were typed. Untrusted text. */
export function deviceNames(request: Request): readonly string[] {
  switch (request.state) {
    case 'proposed':
    case 'awaitingApproval':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return request.devices.map(nameOf);
    case 'confirmed':
    case 'done':
      return request.collections.map(({ device }) => deviceName(device));
  }
}

function summaryWords(request: Request): Words {
  const { word } = statusOfRequest(request);
  const who = request.requester.name;
  return words`Investigation package of ${devicesTitle(deviceNames(request))}: ${word}. Asked by ${who}: “${request.reason}”`;
}

/** What the devices of a request are at, as everybody may see it. */
export function rows(request: Request, context: CardContext): readonly CardElement[] {
  switch (request.state) {
    case 'proposed':
      return [...invitation(request), ...proposedRows(request)];
    case 'awaitingApproval':
      return heldRows(request.devices, statusOfRequest(request), awaitingWords(request, context));
    case 'cancelled':
      return heldRows(request.devices, statusOfRequest(request), [
        words`${request.requester.name} took it back. Nothing was sent to Defender.`,
      ]);
    case 'denied':
      return heldRows(request.devices, statusOfRequest(request), deniedWords(request));
    case 'expired':
      return heldRows(request.devices, statusOfRequest(request), [expiredWords(request)]);
    case 'confirmed':
    case 'done':
      return [...progress(request.collections), ...collectionRows(request, request.collections, context)];
  }
}

/** Who asked, and who approved. */
function peopleWords(request: Request): Words {
  const asked = words`Asked by ${request.requester.name}`;
  const approval = 'approval' in request ? request.approval : undefined;
  return approval === undefined ? asked : words`${asked}, approved by ${approval.by.name}`;
}

/** What is asked of the requester, said once where there are several devices. */
function invitation({ devices, requester, expiresAt }: Proposed): readonly CardElement[] {
  if (devices.length < 2 || !devices.every(({ sighting }) => sighting.step === 'found')) return [];
  const until = moment(expiresAt);
  return [
    text(
      words`Are these the right devices? Nothing has been sent yet. ${requester.name} can press ${strong('Collect')} until ${until}.`,
    ),
  ];
}

/** One line that counts, where there are several devices: `7 of 12 done, 2 without a package`. */
function progress(collections: readonly Collection[]): readonly CardElement[] {
  if (collections.length < 2) return [];
  const ended = collections.filter(isFinal);
  const without = ended.filter((each) => statusOfCollection(each).tint !== 'good').length;
  const line = words`${ended.length} of ${collections.length} done`;
  return [text(without === 0 ? line : words`${line}, ${without} without a package`)];
}
