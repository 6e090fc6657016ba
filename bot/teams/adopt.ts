import type { RequestId } from '../../src/domain/ids.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import { threadOf } from '../../src/domain/place.ts';
import type { Request } from '../../src/domain/request.ts';
import type { PostStore } from '../../src/ports.ts';
import type { IncomingClick } from './click.ts';

/** What adopting needs. */
export interface AdoptPorts {
  readonly posts: PostStore;
  /** Announces the request, after so many milliseconds. */
  readonly announceLater: (request: RequestId, afterMs: number) => Promise<void>;
}

/**
 * The answer to a post can be lost: then a card lives that is known only by the click on it. It is kept up to date from
 * then on. Which message was clicked is what a client says, and a client may lie: so only the requester is believed,
 * about a card that this request has had, and never about a message that is known to be something else. What is left to
 * a liar is a text of the bot's own that nobody edits, and that they could have had replaced by their own card: Teams lets
 * the bot edit no other's message.
 * @param revision that the clicked card shows
 */
export async function adopt(
  { posts, announceLater }: AdoptPorts,
  request: Request,
  { card: activity, person }: Pick<IncomingClick, 'card' | 'person'>,
  revision: number,
): Promise<void> {
  if (activity === undefined || revision > request.revision || !isSamePerson(person, request.requester)) return;
  if ((await posts.posted(request.id, 'card'))?.activity === activity) return;
  const isNews = await posts.adopt(request.id, { conversation: threadOf(request.place, activity), activity });
  if (isNews) await announceLater(request.id, 0);
}
