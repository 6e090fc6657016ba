import type { AadObjectId, RequestId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { isOver, type Request } from '../domain/request.ts';
import type { PostStore, RequestStore, SignInOfferKey, SignInOffers } from '../ports.ts';
import { type AccessPorts, defenderAccess } from './access.ts';
import { decide } from './decide.ts';

/** Everything of this person that waited for their sign-in goes on by itself; nobody types a command twice. */
export async function resumeAfterSignIn(store: RequestStore, person: Person): Promise<readonly RequestId[]> {
  const waiting = await store.waitingForSignIn(person.oid);
  for (const id of waiting) await decide(store, id, { type: 'signedIn', by: person });
  return waiting;
}

/**
 * A sign-in that came between the question for a token and the note that there is none would wait for the next one:
 * so the question is asked once more after the note.
 */
export async function resumeIfSignedIn(
  ports: AccessPorts & { readonly store: RequestStore },
  person: Person,
): Promise<void> {
  const access = await defenderAccess(ports, person);
  if (access.kind === 'token') await resumeAfterSignIn(ports.store, person);
}

/** What offering a sign-in needs. */
export interface OfferPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly posts: PostStore;
  readonly offers: SignInOffers;
}

/**
 * Sends a person a way to sign in that does not depend on the card's button, unless they have signed in meanwhile.
 * Their client may have dropped the card's login request without a word.
 */
export async function offerSignIn(ports: OfferPorts, id: RequestId, person: Person): Promise<void> {
  const request = await ports.store.find(id);
  if (request === undefined || isOver(request)) return;
  const access = await defenderAccess(ports, person);
  if (access.kind === 'token') {
    await resumeAfterSignIn(ports.store, person);
    return;
  }
  const key = offerKey(request, person.oid);
  if (access.kind !== 'signIn' || (await ports.posts.posted(id, key)) !== undefined) return;
  await ports.posts.note(id, key, await ports.offers.offer(request, person));
}

function offerKey({ revision }: Request, person: AadObjectId): SignInOfferKey {
  return `signInOffer:${person}:${revision}`;
}
