import { askedElsewhere, type Request } from '../../src/domain/request.ts';
import { channelOf, type Incoming } from './incoming.ts';

/**
 * Where a click on a request comes from: from its own conversation, or from the one where its approval is asked. The
 * conversation is what the authenticated activity says, so whoever clicks is in it.
 * @returns undefined for any other conversation: its cards are none of this request's
 */
export function clickPlace(request: Request, { place }: Pick<Incoming, 'place'>): 'home' | 'approvals' | undefined {
  const here = channelOf(place.conversation);
  if (channelOf(request.place.conversation) === here) return 'home';
  const elsewhere = askedElsewhere(request);
  return elsewhere !== undefined && channelOf(elsewhere.conversation) === here ? 'approvals' : undefined;
}
