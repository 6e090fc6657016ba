/** The tick box of each of several devices on a confirm card: how it is named in the card, and read from a click. */

/** The input that stands for the device at this place in the list. */
export function tickId(index: number): string {
  return `keep${index}`;
}

/**
 * The same in the data of a button: on a form the boxes themselves are out of sight. Where nothing is unticked one box
 * says so.
 */
export function tickData(unticked: readonly number[] | undefined): Readonly<Record<string, string>> {
  if (unticked === undefined) return {};
  if (unticked.length === 0) return { [tickId(0)]: 'true' };
  return Object.fromEntries(unticked.map((index) => [tickId(index), 'false']));
}

const box = /^keep(0|[1-9]\d?)$/;

/** What a click says of the boxes. */
export type Ticks =
  | { readonly kind: 'none' }
  /** The places of the devices that are unticked. */
  | { readonly kind: 'ticks'; readonly unticked: readonly number[] }
  /** There is something that no box of ours sends. */
  | { readonly kind: 'unreadable' };

/** Reads the boxes; the data comes back from a client. */
export function readTicks(data: object): Ticks {
  const boxes = Object.entries(data).filter(([key]) => key.startsWith('keep'));
  if (boxes.length === 0) return { kind: 'none' };
  const unticked: number[] = [];
  for (const [key, value] of boxes) {
    const index = box.exec(key)?.[1];
    if (index === undefined || (value !== 'true' && value !== 'false')) return { kind: 'unreadable' };
    if (value === 'false') unticked.push(Number(index));
  }
  return { kind: 'ticks', unticked };
}
