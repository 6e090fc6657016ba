/** A row per device: the same for a proposal and for collections, and readable for one device as for many. */
import type { Device } from '../src/domain/device.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection, ProposedDevice, Request } from '../src/domain/request.ts';
import { type CardElement, type Container, group, text } from './adaptive-card.ts';
import { downloadButton } from './buttons.ts';
import { collectionWords } from './collection-words.ts';
import type { CardContext } from './context.ts';
import { deviceLine, nameOf } from './device-words.ts';
import { ownershipWords } from './ownership-words.ts';
import { problemWords } from './problem-words.ts';
import { brieflySighted, sightingWords } from './sighting-words.ts';
import { type Status, statusOfCollection, statusOfSighting, statusWords } from './status.ts';
import { strong, type Words, words } from './words.ts';

interface Row {
  readonly name: string;
  readonly device?: Device;
  readonly status: Status;
  readonly lines: readonly Words[];
  /** Instead of `lines`, where the device is one of several. */
  readonly briefly: readonly Words[];
  /** Small print: whose action it is, and what an administrator needs. */
  readonly notes: readonly Words[];
  readonly more?: readonly CardElement[];
}

/** The rows of devices that are not confirmed yet. */
export function proposedRows(request: Extract<Request, { readonly state: 'proposed' }>): readonly CardElement[] {
  const rows = request.devices.map((each): Row => {
    const { sighting } = each;
    return {
      ...seen(each),
      status: statusOfSighting(sighting),
      lines: sightingWords(sighting, request.requester, request.expiresAt),
      briefly: brieflySighted(sighting),
      notes: sighting.step === 'problem' ? administratorNotes(sighting.problem) : [],
    };
  });
  return layOut(rows);
}

/** The rows of devices whose request ended before it was confirmed. */
export function endedRows(devices: readonly ProposedDevice[], status: Status, line: Words): readonly CardElement[] {
  return layOut(devices.map((each) => ({ ...seen(each), status, lines: [line], briefly: [], notes: [] })));
}

/** The rows of collections. */
export function collectionRows(
  request: Request,
  collections: readonly Collection[],
  context: CardContext,
): readonly CardElement[] {
  const rows = collections.map((collection): Row => {
    const ownership = ownershipWords(collection);
    const own = collections.length > 1 && collection.state === 'succeeded';
    const status = statusOfCollection(collection);
    const lines = collectionWords(collection, request.requester, context);
    return {
      name: collection.device.name,
      device: collection.device,
      status,
      lines,
      briefly: status.tint === 'warning' || status.tint === 'attention' ? lines : [],
      notes: [...(ownership === undefined ? [] : [ownership]), ...problemNotes(collection)],
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

function aboutDevice({ name, device }: Row): readonly CardElement[] {
  if (device === undefined) return [];
  const id = text(words`${device.id}`, { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' });
  return [text(deviceLine(device), { isSubtle: true, spacing: 'small' }), ...(device.id === name ? [] : [id])];
}

function alone({ status, lines, notes }: Row): readonly CardElement[] {
  const banner = [
    text(statusWords(status), { size: 'medium' }),
    ...lines.map((line) => text(line, { spacing: 'small' })),
    ...notes.map(smallPrint),
  ];
  return [group(banner, { style: status.tint, spacing: 'medium' })];
}

function among({ name, status, briefly, notes, more = [] }: Row): readonly CardElement[] {
  return [
    text(words`${strong(name)}`),
    text(statusWords(status), { spacing: 'none' }),
    ...briefly.map((line) => text(line, { size: 'small', spacing: 'none' })),
    ...notes.map(smallPrint),
    ...more,
  ];
}

function smallPrint(note: Words): CardElement {
  return text(note, { size: 'small', isSubtle: true, spacing: 'small' });
}

function seen(each: ProposedDevice): Pick<Row, 'name' | 'device'> {
  const { sighting } = each;
  return { name: nameOf(each), ...(sighting.step === 'found' ? { device: sighting.device } : {}) };
}

function problemNotes(collection: Collection): readonly Words[] {
  switch (collection.state) {
    case 'refused':
      return administratorNotes(collection.problem);
    case 'awaitingSignIn':
      return collection.problem === undefined ? [] : administratorNotes(collection.problem);
    case 'queued':
      return collection.delayedBy === undefined ? [] : administratorNotes(collection.delayedBy);
    case 'submitting':
    case 'running':
    case 'unwatched':
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

function administratorNotes(problem: Problem): readonly Words[] {
  const { forAdministrator } = problemWords(problem);
  return forAdministrator === undefined ? [] : [forAdministrator];
}
