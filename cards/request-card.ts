/** The card that everybody in the conversation sees, in every state of a request. */
import type { Instant } from '../src/domain/instant.ts';
import { type Collection, isFinal, type Proposed, type Request } from '../src/domain/request.ts';
import { failedOf } from '../src/domain/retry.ts';
import { type AdaptiveCard, type Button, type CardElement, card, group, text } from './adaptive-card.ts';
import { aliveWords } from './alive-words.ts';
import { awaitingWords, deniedWords, expiredWords } from './approval-words.ts';
import { briefCard } from './brief-card.ts';
import { canCollect, pickDownloadButton, requestButtons } from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { collectionRows, heldRows, proposedRows } from './device-rows.ts';
import { devicesTitle, nameOf } from './device-words.ts';
import { fitting, type RowExtent, rowExtents } from './fitting.ts';
import { statusOfRequest } from './status.ts';
import { tabLink } from './tab-card-id.ts';
import { timeline } from './timeline.ts';
import { viewRefresh } from './view-refresh.ts';
import { link, moment, strong, type Words, words } from './words.ts';

/**
 * Builds the shared card. It shows what everybody may see (device name, id, system, health, reason, people, status)
 * and nothing else: it must not lend one person's Defender rights to a whole channel.
 * @param now where it is the answer to a click or a client's refresh: what is posted would soon be wrong
 */
export function requestCard(request: Request, context: CardContext, now?: Instant): AdaptiveCard {
  const buttons = requestButtons(request, context);
  const alive = now && aliveWords(request, context, now);
  const last = alive === undefined ? [] : [text(alive, { size: 'small', isSubtle: true, spacing: 'small' })];
  const kind = words`Investigation package`;
  return fitting(
    rowExtents,
    (extent) => cardAround(request, kind, [...rows(request, context, extent), ...last], buttons),
    () => briefCard(request, context, buttons),
  );
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
      ...leftOutLine(request),
      group(reason, { style: 'emphasis', spacing: 'medium' }),
      text(peopleWords(request), { spacing: 'medium' }),
      { ...timeline(request), spacing: 'small' },
    ],
    buttons,
  );
  const refresh = viewRefresh(request);
  return refresh === undefined ? view : { ...view, refresh };
}

/** In a notification, or read aloud, nobody wants the whole of a long reason. */
const longestSummary = 200;

function summaryWords(request: Request): Words {
  const { word } = statusOfRequest(request);
  const who = request.requester.name;
  const why = clipped(request.reason, longestSummary);
  return words`Investigation package of ${devicesTitle(deviceNames(request))}: ${word}. Asked by ${who}: “${why}”`;
}

/** Of many names as much as tells them apart. */
const longestLeftOut = 40;

/** Devices that were asked for and that nothing was sent for, by their names. */
function leftOutLine({ leftOut }: Request): readonly CardElement[] {
  if (leftOut === undefined) return [];
  const names = leftOut.map((each) => clipped(nameOf(each), longestLeftOut)).join(', ');
  return [
    text(words`Left out, so that nothing was sent for ${leftOut.length === 1 ? 'it' : 'them'}: ${names}`, leftOutLook),
  ];
}

const leftOutLook = { size: 'small', spacing: 'small' } as const;

/** What the devices of a request are at, as everybody may see it. */
export function rows(request: Request, context: CardContext, extent: RowExtent): readonly CardElement[] {
  switch (request.state) {
    case 'proposed':
      return [...invitation(request), ...proposedRows(request, extent)];
    case 'awaitingApproval':
      return heldRows(request.devices, statusOfRequest(request), awaitingWords(request, context), extent);
    case 'cancelled':
      return heldRows(
        request.devices,
        statusOfRequest(request),
        [words`${request.requester.name} took it back. Nothing was sent to Defender.`],
        extent,
      );
    case 'denied':
      return heldRows(request.devices, statusOfRequest(request), deniedWords(request), extent);
    case 'expired':
      return heldRows(request.devices, statusOfRequest(request), [expiredWords(request)], extent);
    case 'confirmed':
    case 'done':
      return [
        ...progress(request.collections),
        ...collectionRows(request, request.collections, context, extent),
        ...download(request, request.collections),
        ...tabLine(request, context),
      ];
  }
}

/** The way to the same card among all the others. */
function tabLine(request: Request, context: CardContext): readonly CardElement[] {
  const address = tabLink(request, context);
  if (address === undefined) return [];
  return [text(words`${link('Open in the Collections tab', address)}`, { size: 'small', spacing: 'small' })];
}

/** Who asked, and who approved. */
function peopleWords(request: Request): Words {
  const asked = words`Asked by ${request.requester.name}`;
  const approval = 'approval' in request ? request.approval : undefined;
  return approval === undefined ? asked : words`${asked}, approved by ${approval.by.name}`;
}

/** What is asked of the requester, said once where there are several devices. */
function invitation(request: Proposed): readonly CardElement[] {
  const { devices, requester, expiresAt } = request;
  if (devices.length < 2 || !canCollect(request)) return [];
  const until = moment(expiresAt);
  return [
    text(
      words`Are these the right devices? Nothing has been sent yet. ${requester.name} can untick what is to be left out, and press ${strong('Collect')} until ${until}.`,
    ),
  ];
}

/** One line that counts, where there are several devices: `7 of 12 done, 2 failed`. */
function progress(collections: readonly Collection[]): readonly CardElement[] {
  if (collections.length < 2) return [];
  const ended = collections.filter(isFinal).length;
  const failed = failedOf(collections).length;
  const stopped = collections.filter(({ state }) => state === 'cancelled' || state === 'withdrawn').length;
  const parts = [
    words`${ended} of ${collections.length} done`,
    ...(failed === 0 ? [] : [words`, ${failed} failed`]),
    ...(stopped === 0 ? [] : [words`, ${stopped} cancelled`]),
  ];
  return [text({ pieces: parts.flatMap(({ pieces }) => pieces) }, { weight: 'bolder' })];
}

/** Below the rows: beside the other buttons it would be too wide for a phone. */
function download(request: Request, collections: readonly Collection[]): readonly CardElement[] {
  const pick = pickDownloadButton(request, collections);
  return pick === undefined ? [] : [{ type: 'ActionSet', actions: [pick] }];
}
