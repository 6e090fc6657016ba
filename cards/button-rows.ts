/** Buttons side by side share the width of a phone, and what is too long for its share is cut. */
import type { AdaptiveCard, Button } from './adaptive-card.ts';

/** How wide letters are, in pixels, as Teams sets the titles of buttons: semi-bold, 14 pixels. */
const widths: readonly (readonly [pixels: number, letters: string])[] = [
  [4, ' ijl'],
  [5, 'fI'],
  [6, 'rt'],
  [7, 'csz'],
  [8, 'aeävxyELPST'],
  [10, 'DGß'],
  [11, 'HNOQUÖÜ'],
  [12, 'w…'],
  [13, 'mMW'],
];
const others = 9;
/** What a button has around its title, and between it and the next one. */
const around = 34;
/** What fits on a card of 320 pixels: buttons give up some of their own margin before a title is cut. */
const widest = 323;

/** The card with its buttons in as many rows as a phone has to have; the first one stays first. */
export function inButtonRows(shown: AdaptiveCard): AdaptiveCard {
  const rows = rowsOf(shown.actions);
  if (rows.length < 2) return shown;
  const above = rows.slice(0, -1).map((actions) => ({ type: 'ActionSet', actions }) as const);
  return { ...shown, body: [...shown.body, ...above], actions: rows.at(-1) ?? [] };
}

function rowsOf(buttons: readonly Button[]): readonly (readonly Button[])[] {
  const rows: Button[][] = [];
  for (const next of buttons) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf([...last, next]) <= widest) last.push(next);
    else rows.push([next]);
  }
  return rows;
}

function widthOf(row: readonly Button[]): number {
  return row.reduce((sum, { title }) => sum + around + titleWidth(title), 0);
}

function titleWidth(title: string): number {
  return [...title].reduce((sum, letter) => sum + letterWidth(letter), 0);
}

function letterWidth(letter: string): number {
  return widths.find(([, letters]) => letters.includes(letter))?.[0] ?? others;
}
