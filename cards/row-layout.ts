/** How the rows of a card are laid out: one device is the card, many share what room there is. */
import type { Device } from '../src/domain/device.ts';
import type { DeviceId } from '../src/domain/ids.ts';
import { type CardElement, type Container, group, type Tint, text, toggle } from './adaptive-card.ts';
import { mostOwnButtons } from './buttons.ts';
import { clipped } from './clipped.ts';
import { deviceLine } from './device-words.ts';
import type { RowExtent } from './fitting.ts';
import type { Catalogue } from './language/catalogue.ts';
import { plainText } from './plain-text.ts';
import { type Status, statusWords } from './status.ts';
import { inOneLine, strong, type Words, words } from './words.ts';

/** What a card says of one device. */
export interface Row {
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
  /** What to mind, in a few words each: for a line that has room for no more. */
  readonly marks?: readonly Words[];
  /** The box by which the requester keeps the device, or leaves it out. */
  readonly tick?: { readonly id: string; readonly isTicked: boolean };
}

/** One device is the card; of several each is a row that says in one line which it is and how it stands. */
export function layOut(say: Catalogue, rows: readonly Row[], extent: RowExtent): readonly CardElement[] {
  const [first, ...more] = rows;
  if (first !== undefined && more.length === 0) return [...aboutDevice(say, first), ...alone(first)];
  switch (extent) {
    case 'boxes':
      return rows.map((row): Container => group(among(row), { style: tintOf(row), spacing: 'small' }));
    case 'lines':
      return rows.flatMap((row) => [inLine(row, row.name), ...moreOf(row, rows.length)]);
    case 'names':
      return rows.flatMap((row) => [
        inLine({ ...row, briefly: [] }, clipped(row.name, longestName)),
        ...moreOf(row, rows.length),
      ]);
  }
}

/** Buttons of many rows would fill the card. */
function moreOf({ more = [] }: Row, rows: number): readonly CardElement[] {
  return rows <= mostOwnButtons ? more : [];
}

/** Where there is room for little more than names. */
const longestName = 30;
/** Of what is to be said of a device, as far as somebody sees what it is about. */
const longestMark = 60;

/** What waits for a person is all of the list; so only what is to be minded stands out. */
function tintOf({ tick, marks = [], status }: Row): Tint {
  if (tick === undefined) return status.tint;
  return marks.length === 0 ? 'emphasis' : 'warning';
}

/** A device in one line. */
function inLine({ tick, marks = [], status, briefly }: Row, name: string): CardElement {
  if (tick !== undefined) return toggle(tick.id, marked(words`${name}`, marks), tick.isTicked, 'none');
  const line = words`${status.icon} ${strong(name)}: ${status.word}`;
  const [first] = briefly;
  const more = first === undefined ? line : words`${line}. ${clipped(plainText(first), longestMark)}`;
  return text(more, { size: 'small', spacing: 'none' });
}

function marked(name: Words, marks: readonly Words[]): Words {
  const [first, ...others] = marks;
  if (first === undefined) return name;
  return words`${name}: ${others.reduce((all, each) => words`${all}, ${each}`, first)}`;
}

function aboutDevice(say: Catalogue, { device, id }: Row): readonly CardElement[] {
  return [
    ...(device === undefined ? [] : [text(deviceLine(say, device), { isSubtle: true, spacing: 'small' })]),
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

function among({ name, status, facts = [], briefly, notes, more = [], tick }: Row): readonly CardElement[] {
  const small = { size: 'small', spacing: 'none' } as const;
  if (tick !== undefined) {
    const said = briefly.length === 0 ? [] : [inOneLine(...briefly)];
    return [
      toggle(tick.id, words`${name}`, tick.isTicked),
      ...[...said, ...facts].map((line) => text(line, small)),
      ...more,
    ];
  }
  return [
    text(words`${strong(name)}`),
    text(statusWords(status), { spacing: 'none' }),
    ...[...briefly, ...facts].map((line) => text(line, small)),
    ...notes.map(smallPrint),
    ...more,
  ];
}

function smallPrint(note: Words): CardElement {
  return text(note, { size: 'small', isSubtle: true, spacing: 'small' });
}
