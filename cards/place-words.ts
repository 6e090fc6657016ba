import type { Place } from '../src/domain/place.ts';
import type { CardContext } from './context.ts';
import type { Words } from './words.ts';

/** Where a request came from, for a message that is read somewhere else; with a link where one can be made. */
export function placeWords(place: Place, { teams, say: { places } }: Pick<CardContext, 'teams' | 'say'>): Words {
  switch (place.kind) {
    case 'personal':
      return places.personal;
    case 'groupChat':
      return places.groupChat;
    case 'channel': {
      const [channel, thread] = place.conversation.split(';messageid=');
      if (channel === undefined || thread === undefined) return places.channel;
      return places.thread(`${teams}/l/message/${inPath(channel)}/${inPath(thread)}`);
    }
  }
}

/** A part of a path that can stand in a Markdown link: `encodeURIComponent` lets brackets be, and one would end it. */
function inPath(id: string): string {
  return encodeURIComponent(id).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
