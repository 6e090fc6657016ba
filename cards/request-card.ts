/** The card that everybody in the conversation sees, in every state of a request. */
import type { Instant } from '../src/domain/instant.ts';
import { type Collection, isFinal, type Proposed, type Request } from '../src/domain/request.ts';
import { failedOf } from '../src/domain/retry.ts';
import { type AdaptiveCard, type Button, type CardElement, card, group, text } from './adaptive-card.ts';
import { aliveWords } from './alive-words.ts';
import { awaitingWords, deniedWords, expiredWords } from './approval-words.ts';
import { briefCard } from './brief-card.ts';
import { inButtonRows } from './button-rows.ts';
import { canCollect, pickDownloadButton, requestButtons } from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { collectionRows, heldRows, proposedRows } from './device-rows.ts';
import { devicesTitle, nameOf, ofDevices } from './device-words.ts';
import { fitting, type RowExtent, rowExtents } from './fitting.ts';
import type { Catalogue } from './language/catalogue.ts';
import { statusOfRequest } from './status.ts';
import { tabLink } from './tab-card-id.ts';
import { timeline } from './timeline.ts';
import { viewRefresh } from './view-refresh.ts';
import { moment, type Words } from './words.ts';

/**
 * Builds the shared card. It shows what everybody may see (device name, id, system, health, reason, people, status)
 * and nothing else: it must not lend one person's Defender rights to a whole channel.
 * @param now where it is the answer to a click or a client's refresh: what is posted would soon be wrong
 */
export function requestCard(request: Request, context: CardContext, now?: Instant): AdaptiveCard {
  const buttons = requestButtons(request, context);
  const alive = now && aliveWords(request, context, now);
  const last = alive === undefined ? [] : [text(alive, { size: 'small', isSubtle: true, spacing: 'small' })];
  const kind = context.say.requestCard.kind;
  return fitting(
    rowExtents,
    (extent) => cardAround(context, request, kind, [...rows(request, context, extent), ...last], buttons),
    () => briefCard(request, context, buttons),
  );
}

/**
 * Every view of a request: what its devices are at is told by `rows`, between the title and the reason. Clients ask for
 * the view that is their person's own.
 */
export function cardAround(
  { say }: Pick<CardContext, 'say'>,
  request: Request,
  kind: Words,
  rows: readonly CardElement[],
  buttons: readonly Button[],
): AdaptiveCard {
  const reason = [
    text(say.requestCard.reason, { size: 'small', isSubtle: true }),
    text(say.requestCard.quoted(request.reason), { spacing: 'none' }),
  ];
  const view = card(
    summaryWords(say, request),
    [
      text(kind, { size: 'small', isSubtle: true }),
      text(devicesTitle(say, deviceNames(request)), {
        size: 'large',
        weight: 'bolder',
        style: 'heading',
        spacing: 'none',
      }),
      ...rows,
      ...leftOutLine(say, request),
      group(reason, { style: 'emphasis', spacing: 'medium' }),
      text(peopleWords(say, request), { spacing: 'medium' }),
      { ...timeline(say, request), spacing: 'small' },
    ],
    buttons,
  );
  const refresh = viewRefresh(say, request);
  return inButtonRows(refresh === undefined ? view : { ...view, refresh });
}

/** In a notification, or read aloud, nobody wants the whole of a long reason. */
const longestSummary = 200;

function summaryWords(say: Catalogue, request: Request): Words {
  const { word } = statusOfRequest(say, request);
  const devices = ofDevices(say, deviceNames(request));
  const why = clipped(request.reason, longestSummary);
  return say.requestCard.summary(devices, word, request.requester.name, why);
}

/** Of many names as much as tells them apart. */
const longestLeftOut = 40;

/** Devices that were asked for and that nothing was sent for, by their names. */
function leftOutLine(say: Catalogue, { leftOut }: Request): readonly CardElement[] {
  if (leftOut === undefined) return [];
  const names = leftOut.map((each) => clipped(nameOf(each), longestLeftOut)).join(', ');
  return [text(say.requestCard.leftOut(leftOut.length, names), leftOutLook)];
}

const leftOutLook = { size: 'small', spacing: 'small' } as const;

/** What the devices of a request are at, as everybody may see it. */
export function rows(request: Request, context: CardContext, extent: RowExtent): readonly CardElement[] {
  const { say } = context;
  switch (request.state) {
    case 'proposed':
      return [...invitation(say, request), ...proposedRows(say, request, extent)];
    case 'awaitingApproval':
      return heldRows(say, request.devices, statusOfRequest(say, request), awaitingWords(request, context), extent);
    case 'cancelled':
      return heldRows(
        say,
        request.devices,
        statusOfRequest(say, request),
        [say.requestCard.takenBack(request.requester.name)],
        extent,
      );
    case 'denied':
      return heldRows(say, request.devices, statusOfRequest(say, request), deniedWords(say, request), extent);
    case 'expired':
      return heldRows(say, request.devices, statusOfRequest(say, request), [expiredWords(say, request)], extent);
    case 'confirmed':
    case 'done':
      return [
        ...progress(say, request.collections),
        ...collectionRows(request, request.collections, context, extent),
        ...download(say, request, request.collections),
        ...tabLine(request, context),
      ];
  }
}

/** The way to the same card among all the others. */
function tabLine(request: Request, context: CardContext): readonly CardElement[] {
  const address = tabLink(request, context);
  if (address === undefined) return [];
  return [text(context.say.requestCard.openInTab(address), { size: 'small', spacing: 'small' })];
}

/** Who asked, and who approved. */
function peopleWords({ requestCard: said }: Catalogue, request: Request): Words {
  const { name } = request.requester;
  const approval = 'approval' in request ? request.approval : undefined;
  return approval === undefined ? said.askedBy(name) : said.approvedBy(name, approval.by.name);
}

/** What is asked of the requester, said once where there are several devices. */
function invitation(say: Catalogue, request: Proposed): readonly CardElement[] {
  const { devices, requester, expiresAt } = request;
  if (devices.length < 2 || !canCollect(request)) return [];
  return [text(say.requestCard.rightDevices(requester.name, moment(expiresAt)))];
}

/** One line that counts, where there are several devices: `7 of 12 done, 2 failed`. */
function progress({ requestCard: said }: Catalogue, collections: readonly Collection[]): readonly CardElement[] {
  if (collections.length < 2) return [];
  const ended = collections.filter(isFinal).length;
  const failed = failedOf(collections).length;
  const stopped = collections.filter(({ state }) => state === 'cancelled' || state === 'withdrawn').length;
  const parts = [
    said.done(ended, collections.length),
    ...(failed === 0 ? [] : [said.failed(failed)]),
    ...(stopped === 0 ? [] : [said.cancelled(stopped)]),
  ];
  return [text({ pieces: parts.flatMap(({ pieces }) => pieces) }, { weight: 'bolder' })];
}

/** Below the rows: beside the other buttons it would be too wide for a phone. */
function download(say: Catalogue, request: Request, collections: readonly Collection[]): readonly CardElement[] {
  const pick = pickDownloadButton(say, request, collections);
  return pick === undefined ? [] : [{ type: 'ActionSet', actions: [pick] }];
}
