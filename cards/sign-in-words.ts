/** What a person reads while they sign in. */
import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { Place } from '../src/domain/place.ts';
import type { Request } from '../src/domain/request.ts';
import { deviceNames } from './device-names.ts';
import { devicesTitle } from './device-words.ts';
import { plainText } from './plain-text.ts';
import { type Words, words } from './words.ts';

/** The line of a login request, which stands at the card that it is for. */
export const signInText = 'Sign in, so that Defender sees you and not the bot.';
/** The button of a login request and of a sign-in card. */
export const signInTitle = 'Sign in';

/** The line of a sign-in card, where no markup works: it says which request it is for, and where that came from. */
export function signInTextFor(request: Request, person: Person): string {
  if (!isSamePerson(person, request.requester)) return plainText(others(request));
  const device = devicesTitle(deviceNames(request));
  return plainText(
    words`Sign in for the investigation package of ${device} that you asked for ${whereFrom(request.place)}, so that Defender sees you and not the bot. The request then goes on by itself. If you did not ask for it, do nothing.`,
  );
}

/** Somebody else, who pressed a button of a request: nothing goes on by itself for them. */
function others(request: Request): Words {
  return words`Sign in for what you pressed on the card of ${request.requester.name}’s request ${whereFrom(request.place)}, so that Defender sees you and not the bot. Then press it again. If you pressed nothing, do nothing.`;
}

function whereFrom({ kind }: Place): string {
  switch (kind) {
    case 'personal':
      return 'here';
    case 'groupChat':
      return 'in a group chat';
    case 'channel':
      return 'in a channel';
  }
}
