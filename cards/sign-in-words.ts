/** What a person reads while they sign in. */
import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { Place } from '../src/domain/place.ts';
import type { Request } from '../src/domain/request.ts';
import { deviceNames } from './device-names.ts';
import { ofDevices } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { plainText } from './plain-text.ts';

/** The line of a sign-in card, where no markup works: it says which request it is for, and where that came from. */
export function signInTextFor(say: Catalogue, request: Request, person: Person): string {
  const { signIn } = say;
  const where = whereFrom(say, request.place);
  if (!isSamePerson(person, request.requester))
    return plainText(signIn.forOthersRequest(request.requester.name, where));
  return plainText(signIn.forOwnRequest(ofDevices(say, deviceNames(request)), where));
}

function whereFrom({ signIn }: Catalogue, { kind }: Place): string {
  switch (kind) {
    case 'personal':
      return signIn.here;
    case 'groupChat':
      return signIn.inGroupChat;
    case 'channel':
      return signIn.inChannel;
  }
}
