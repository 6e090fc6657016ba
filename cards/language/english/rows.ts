import { words } from '../../words.ts';

/** What the rows of a card say of one of several devices. */
export const rows = {
  leftOut: words`It is left out.`,
  sameAsAbove: words`It is the same device as one above, so it is collected from once.`,
};
