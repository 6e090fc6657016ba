import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What a reader of a running card wants to know at this moment. */
export const alive: Catalogue['alive'] = {
  elapsed: (length) => words`Läuft seit ${length}.`,
  nextLook: (at) => words`Der Bot sieht spätestens ${at} wieder nach; ${strong(buttons.refresh)} sieht sofort nach.`,
};
