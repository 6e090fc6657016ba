import { link, words } from '../../words.ts';

/** Where a request came from, for a message that is read somewhere else. */
export const places = {
  personal: words`in this chat`,
  groupChat: words`in a group chat`,
  channel: words`in a channel`,
  thread: (url: string) => words`in ${link('this thread of a channel', url)}`,
};
