/** Keeping a card of many devices within what Teams takes: what matters least goes first. */
import type { AdaptiveCard } from './adaptive-card.ts';

/**
 * How much room one of several devices gets: a box with all that is to be said of it, one line with the most important,
 * or its name, as far as somebody recognises it, and its status.
 */
export type RowExtent = 'boxes' | 'lines' | 'names';

/** From the most to the least. */
export const rowExtents: readonly RowExtent[] = ['boxes', 'lines', 'names'];

/** Teams takes cards up to 28 KB of UTF-16. */
const mostLetters = 14 * 1024;

/** Whether Teams takes the card. */
export function fits(card: AdaptiveCard): boolean {
  return JSON.stringify(card).length <= mostLetters;
}

/** The card in the largest extent in which it fits, else the last resort. */
export function fitting<Extent>(
  extents: readonly Extent[],
  build: (extent: Extent) => AdaptiveCard,
  lastResort: () => AdaptiveCard,
): AdaptiveCard {
  for (const extent of extents) {
    const card = build(extent);
    if (fits(card)) return card;
  }
  return lastResort();
}
