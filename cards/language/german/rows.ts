import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** What the rows of a card say of one of several devices. */
export const rows: Catalogue['rows'] = {
  leftOut: words`Es wird ausgelassen.`,
  sameAsAbove: words`Dasselbe Gerät steht schon oben, daher wird von ihm einmal gesammelt.`,
};
