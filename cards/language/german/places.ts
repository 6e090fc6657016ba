import { link, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Where a request came from, for a message that is read somewhere else. */
export const places: Catalogue['places'] = {
  personal: words`in diesem Chat`,
  groupChat: words`in einem Gruppenchat`,
  channel: words`in einem Kanal`,
  thread: (url) => words`in ${link('diesem Thread eines Kanals', url)}`,
};
