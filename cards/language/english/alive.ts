import { type Piece, strong, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What a reader of a running card wants to know at this moment. */
export const alive = {
  elapsed: (length: string) => words`For ${length} so far.`,
  nextLook: (at: Piece) => words`The bot looks again by ${at}; ${strong(buttons.refresh)} looks at once.`,
};
