/** Where the bot serves (`ALLOWED_CONVERSATIONS`). Sign-ins are taken everywhere: they come back in 1:1. */
import { channelOf, type Incoming } from './incoming.ts';

/**
 * Whether the bot serves where this happened.
 * @param allowed ids of conversations and teams; empty: everywhere. A thread counts as its channel.
 */
export function isServed({ place, teams }: Pick<Incoming, 'place' | 'teams'>, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const here = [place.conversation, ...teams].map(comparable);
  return allowed.some((each) => here.includes(comparable(each)));
}

/** Teams' ids are compared to the letter; Entra's, GUIDs, are the same in capitals. */
function comparable(id: string): string {
  return /^[0-9a-f-]{36}$/i.test(id) ? id.toLowerCase() : channelOf(id);
}
