/** A row per device: the same for a proposal and for collections, and readable for one device as for many. */
import { queryText } from '../src/domain/device.ts';
import type { Problem } from '../src/domain/problem.ts';
import { isRepeated } from '../src/domain/proposed-devices.ts';
import type { Collection, Proposed, ProposedDevice, Request } from '../src/domain/request.ts';
import { type CardElement, text } from './adaptive-card.ts';
import { canCollect, downloadButton, hasOwnButtons } from './buttons.ts';
import { cancellationWords } from './cancellation-words.ts';
import { collectionWords } from './collection-words.ts';
import type { CardContext } from './context.ts';
import { deviceName, nameOf } from './device-words.ts';
import type { RowExtent } from './fitting.ts';
import type { Catalogue } from './language/catalogue.ts';
import { isJoined, ownershipWords } from './ownership-words.ts';
import { problemWords } from './problem-words.ts';
import { namingRetry } from './retry-words.ts';
import { layOut, type Row } from './row-layout.ts';
import { brieflySighted, sightingMarks, sightingWords } from './sighting-words.ts';
import { type Status, statusOfCollection, statusOfSighting } from './status.ts';
import { tickId } from './ticks.ts';
import type { Words } from './words.ts';

/** What a row says of a device that is not confirmed yet. */
export interface Said extends Pick<Row, 'lines' | 'briefly' | 'more' | 'marks'> {
  /** What Defender knows of the device, below what there is to do. */
  readonly facts?: readonly Words[];
}

/** The rows of devices that are not confirmed yet, as everybody may see them. */
export function proposedRows(say: Catalogue, request: Proposed, extent: RowExtent): readonly CardElement[] {
  return rowsSaying(say, request, extent, (each) => ({
    lines: sightingWords(say, each, request),
    briefly: brieflySighted(say, each),
    marks: sightingMarks(say, each),
  }));
}

/** The rows of devices that are not confirmed yet. */
export function rowsSaying(
  say: Catalogue,
  request: Proposed,
  extent: RowExtent,
  saying: (each: ProposedDevice) => Said,
): readonly CardElement[] {
  const { devices, unticked = [] } = request;
  const hasTicks = devices.length > 1 && canCollect(request);
  const rows = devices.map((each, index): Row => {
    if (isRepeated(devices, index)) return repeated(say, each);
    const { sighting } = each;
    const notes = 'problem' in sighting ? administratorNotes(say, sighting.problem) : [];
    const tick = { id: tickId(index), isTicked: !unticked.includes(index) };
    const row = { ...seen(each), ...saying(each), status: statusOfSighting(say, sighting), notes };
    if (!hasTicks) return row;
    return sighting.step === 'found' ? { ...row, tick } : { ...row, briefly: [...row.briefly, say.rows.leftOut] };
  });
  return layOut(say, rows, extent);
}

/** A second name of a device that stands above. */
function repeated(say: Catalogue, each: ProposedDevice): Row {
  const lines = [say.rows.sameAsAbove];
  const status = { icon: '■', word: say.status.namedTwice, tint: 'emphasis' } as const;
  return { name: queryText(each.query), status, lines, briefly: lines, notes: [] };
}

/** The rows of devices of which all are at the same: none of them was sent. Of several it is said once, above them. */
export function heldRows(
  say: Catalogue,
  devices: readonly ProposedDevice[],
  status: Status,
  lines: readonly Words[],
  extent: RowExtent,
): readonly CardElement[] {
  const rows = layOut(
    say,
    devices.map((each) => ({ ...seen(each), status, lines, briefly: [], notes: [] })),
    extent,
  );
  return devices.length < 2 ? rows : [...lines.map((line) => text(line, { spacing: 'small' })), ...rows];
}

/** The rows of collections. */
export function collectionRows(
  request: Request,
  collections: readonly Collection[],
  context: CardContext,
  extent: RowExtent,
): readonly CardElement[] {
  const { say } = context;
  const rows = collections.map((collection): Row => {
    const more = [ownershipWords(say, collection), cancellationWords(say, collection)].filter(
      (line) => line !== undefined,
    );
    const own = hasOwnButtons(collections) && collection.state === 'succeeded';
    const status = statusOfCollection(say, collection);
    const said = [...collectionWords(collection, request.requester, context), ...more];
    const lines = collections.length > 1 ? said.map((line) => namingRetry(say, line)) : said;
    return {
      name: deviceName(collection.device),
      id: collection.device.id,
      device: collection.device,
      status,
      lines,
      briefly: isSaidOfMany(status, collection) ? lines : more,
      notes: problemNotes(say, collection),
      ...(own ? { more: [{ type: 'ActionSet', actions: [downloadButton(say, request, collection)] }] } : {}),
    };
  });
  return layOut(say, rows, extent);
}

/** Of many devices only those need more than their status where something is wrong, or somebody else's action is followed. */
function isSaidOfMany({ tint }: Status, collection: Collection): boolean {
  return tint === 'warning' || tint === 'attention' || isJoined(collection);
}

function seen(each: ProposedDevice): Pick<Row, 'name' | 'id' | 'device'> {
  const { query, sighting } = each;
  const name = nameOf(each);
  if (sighting.step === 'found') return { name, id: sighting.device.id, device: sighting.device };
  return query.by === 'id' ? { name, id: query.id } : { name };
}

function problemNotes(say: Catalogue, collection: Collection): readonly Words[] {
  switch (collection.state) {
    case 'refused':
    case 'awaitingSignIn':
    case 'unwatched':
      return administratorNotes(say, collection.problem);
    case 'queued':
      return administratorNotes(say, collection.delayedBy);
    case 'submitting':
      return administratorNotes(say, collection.blockedBy);
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
    case 'withdrawn':
    case 'expired':
      return [];
  }
}

function administratorNotes(say: Catalogue, problem: Problem | undefined): readonly Words[] {
  if (problem === undefined) return [];
  const { forAdministrator } = problemWords(say, problem);
  return forAdministrator === undefined ? [] : [forAdministrator];
}
