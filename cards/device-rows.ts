/** A row per device: the same for a proposal and for collections, and readable for one device as for many. */
import type { Device } from '../src/domain/device.ts';
import type { DeviceId } from '../src/domain/ids.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection, Proposed, ProposedDevice, Request } from '../src/domain/request.ts';
import { type CardElement, type Container, group, text } from './adaptive-card.ts';
import { downloadButton } from './buttons.ts';
import { cancellationWords } from './cancellation-words.ts';
import { collectionWords } from './collection-words.ts';
import type { CardContext } from './context.ts';
import { deviceLine, deviceName, nameOf } from './device-words.ts';
import { isJoined, ownershipWords } from './ownership-words.ts';
import { problemWords } from './problem-words.ts';
import { brieflySighted, sightingWords } from './sighting-words.ts';
import { type Status, statusOfCollection, statusOfSighting, statusWords } from './status.ts';
import { strong, type Words, words } from './words.ts';

interface Row {
  readonly name: string;
  /** As far as it is known; a look-up by name has not even an id. */
  readonly id?: DeviceId;
  readonly device?: Device;
  readonly status: Status;
  readonly facts?: readonly Words[];
  readonly lines: readonly Words[];
  /** Instead of `lines`, where the device is one of several. */
  readonly briefly: readonly Words[];
  /** Small print: what an administrator needs. */
  readonly notes: readonly Words[];
  readonly more?: readonly CardElement[];
}

/** What a row says of a device that is not confirmed yet. */
export interface Said extends Pick<Row, 'lines' | 'briefly' | 'more'> {
  /** What Defender knows of the device, below what there is to do. */
  readonly facts?: readonly Words[];
}

/** The rows of devices that are not confirmed yet, as everybody may see them. */
export function proposedRows(request: Proposed): readonly CardElement[] {
  return rowsSaying(request, (each) => ({ lines: sightingWords(each, request), briefly: brieflySighted(each) }));
}

/** The rows of devices that are not confirmed yet. */
export function rowsSaying(request: Proposed, say: (each: ProposedDevice) => Said): readonly CardElement[] {
  const rows = request.devices.map((each): Row => {
    const { sighting } = each;
    const notes = 'problem' in sighting ? administratorNotes(sighting.problem) : [];
    return { ...seen(each), ...say(each), status: statusOfSighting(sighting), notes };
  });
  return layOut(rows);
}

/** The rows of devices of which all are at the same: none of them was sent. Of several it is said once, above them. */
export function heldRows(
  devices: readonly ProposedDevice[],
  status: Status,
  lines: readonly Words[],
): readonly CardElement[] {
  const rows = layOut(devices.map((each) => ({ ...seen(each), status, lines, briefly: [], notes: [] })));
  return devices.length < 2 ? rows : [...lines.map((line) => text(line, { spacing: 'small' })), ...rows];
}

/** The rows of collections. */
export function collectionRows(
  request: Request,
  collections: readonly Collection[],
  context: CardContext,
): readonly CardElement[] {
  const rows = collections.map((collection): Row => {
    const more = [ownershipWords(collection), cancellationWords(collection)].filter((line) => line !== undefined);
    const own = collections.length > 1 && collection.state === 'succeeded';
    const status = statusOfCollection(collection);
    const lines = [...collectionWords(collection, request.requester, context), ...more];
    return {
      name: deviceName(collection.device),
      id: collection.device.id,
      device: collection.device,
      status,
      lines,
      briefly: isSaidOfMany(status, collection) ? lines : more,
      notes: problemNotes(collection),
      ...(own ? { more: [{ type: 'ActionSet', actions: [downloadButton(request, collection)] }] } : {}),
    };
  });
  return layOut(rows);
}

/** One device is the card; of several each is a row that says in one line which it is and how it stands. */
function layOut(rows: readonly Row[]): readonly CardElement[] {
  const [first, ...more] = rows;
  if (first !== undefined && more.length === 0) return [...aboutDevice(first), ...alone(first)];
  return rows.map((row): Container => group(among(row), { style: row.status.tint, spacing: 'small' }));
}

function aboutDevice({ device, id }: Row): readonly CardElement[] {
  return [
    ...(device === undefined ? [] : [text(deviceLine(device), { isSubtle: true, spacing: 'small' })]),
    ...(id === undefined ? [] : [text(words`${id}`, idLook)]),
  ];
}

const idLook = { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' } as const;

function alone({ status, lines, notes, facts = [], more = [] }: Row): readonly CardElement[] {
  const banner = [
    text(statusWords(status), { size: 'medium' }),
    ...lines.map((line) => text(line, { spacing: 'small' })),
    ...more,
    ...notes.map(smallPrint),
  ];
  return [
    group(banner, { style: status.tint, spacing: 'medium' }),
    ...facts.map((fact, i) => text(fact, { spacing: i === 0 ? 'medium' : 'small' })),
  ];
}

function among({ name, status, facts = [], briefly, notes, more = [] }: Row): readonly CardElement[] {
  return [
    text(words`${strong(name)}`),
    text(statusWords(status), { spacing: 'none' }),
    ...[...briefly, ...facts].map((line) => text(line, { size: 'small', spacing: 'none' })),
    ...notes.map(smallPrint),
    ...more,
  ];
}

/** Of many devices only those need more than their status where something is wrong, or somebody else's action is followed. */
function isSaidOfMany({ tint }: Status, collection: Collection): boolean {
  return tint === 'warning' || tint === 'attention' || isJoined(collection);
}

function smallPrint(note: Words): CardElement {
  return text(note, { size: 'small', isSubtle: true, spacing: 'small' });
}

function seen(each: ProposedDevice): Pick<Row, 'name' | 'id' | 'device'> {
  const { query, sighting } = each;
  const name = nameOf(each);
  if (sighting.step === 'found') return { name, id: sighting.device.id, device: sighting.device };
  return query.by === 'id' ? { name, id: query.id } : { name };
}

function problemNotes(collection: Collection): readonly Words[] {
  switch (collection.state) {
    case 'refused':
    case 'awaitingSignIn':
    case 'unwatched':
      return administratorNotes(collection.problem);
    case 'queued':
      return administratorNotes(collection.delayedBy);
    case 'submitting':
      return administratorNotes(collection.blockedBy);
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

function administratorNotes(problem: Problem | undefined): readonly Words[] {
  if (problem === undefined) return [];
  const { forAdministrator } = problemWords(problem);
  return forAdministrator === undefined ? [] : [forAdministrator];
}
