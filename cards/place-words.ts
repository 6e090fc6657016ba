import type { Place } from '../src/domain/place.ts';
import type { CardContext } from './context.ts';
import { link, type Words, words } from './words.ts';

/** Where a request came from, for a message that is read somewhere else; with a link where one can be made. */
export function placeWords(place: Place, { teams }: Pick<CardContext, 'teams'>): Words {
  switch (place.kind) {
    case 'personal':
      return words`in this chat`;
    case 'groupChat':
      return words`in a group chat`;
    case 'channel': {
      const [channel, thread] = place.conversation.split(';messageid=');
      if (channel === undefined || thread === undefined) return words`in a channel`;
      const address = `${teams}/l/message/${inPath(channel)}/${inPath(thread)}`;
      return words`in ${link('this thread of a channel', address)}`;
    }
  }
}

/** A part of a path that can stand in a Markdown link: `encodeURIComponent` lets brackets be, and one would end it. */
function inPath(id: string): string {
  return encodeURIComponent(id).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
