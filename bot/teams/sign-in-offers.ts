/** A way to sign in besides the card's own button: silently where Teams can, in 1:1 where it cannot. */
import { type Catalogue, catalogueOf } from '../../cards/language/catalogue.ts';
import { signInTextFor } from '../../cards/sign-in-words.ts';
import type { ConversationId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import { needsWindow } from '../../src/domain/sign-in-window.ts';
import type { Posted, SignInOffers } from '../../src/ports.ts';
import type { TokenService } from './assertions.ts';
import type { Content } from './connector-rest.ts';
import { oauthCard, type SignInWay } from './oauth-card.ts';
import { type PosterPorts, personalOf, post, speak, whereIs } from './posting.ts';

/** What offering needs. */
export interface OfferPosterPorts extends PosterPorts {
  readonly tokenService: TokenService;
  readonly connectionName: string;
}

/** The `SignInOffers` of Teams. In channels the silent exchange never works, so the offer goes to 1:1. */
export function createSignInOffers(ports: OfferPosterPorts): SignInOffers {
  return {
    async offer(request, person) {
      const content = await offerContent(ports, request, person);
      if (request.place.kind === 'groupChat') return await offerInGroup(ports, request, person, content);
      return await offerInPersonal(ports, request, person, content);
    },
  };
}

/** A sign-in that belongs to no request, in 1:1. @param seenIn where the person is */
export async function offerSignInPrivately(
  ports: OfferPosterPorts,
  say: Catalogue,
  person: Person,
  seenIn: ConversationId,
): Promise<void> {
  const content = await contentOf(ports, say, person, seenIn, say.signIn.text, 'silentFirst');
  await post(ports, await personalOf(ports, person, seenIn), content);
}

/** The link's state names the 1:1 conversation and the person: the Token Service keeps the token for exactly them. */
async function contentOf(
  ports: OfferPosterPorts,
  say: Catalogue,
  person: Person,
  seenIn: ConversationId,
  text: string,
  way: SignInWay,
): Promise<Content> {
  const conversation = await personalOf(ports, person, seenIn);
  return await speak(ports, conversation, async ({ activity }) => {
    const from = { id: person.chatUserId, name: person.name, aadObjectId: person.oid };
    const resource = await ports.tokenService.signInResource({ ...activity, from });
    return oauthCard(say, text, ports.connectionName, resource, way);
  });
}

async function offerContent(ports: OfferPosterPorts, request: Request, person: Person): Promise<Content> {
  const way = needsWindow(request, person) ? 'inWindow' : 'silentFirst';
  // Which language somebody else reads is not kept; the request's own is that of its conversation.
  const say = catalogueOf(request.language);
  return await contentOf(ports, say, person, request.place.conversation, signInTextFor(say, request, person), way);
}

async function offerInPersonal(
  ports: OfferPosterPorts,
  request: Request,
  person: Person,
  content: Content,
): Promise<Posted> {
  const conversation = await personalOf(ports, person, request.place.conversation);
  // An offer is never edited, and its content holds a personal link: only its id is kept.
  const activity = await post(ports, conversation, content);
  return { conversation, activity, fingerprint: activity };
}

/** For the person's eyes alone; a tenant may not have targeted messages yet, then 1:1 serves. */
async function offerInGroup(
  ports: OfferPosterPorts,
  request: Request,
  person: Person,
  content: Content,
): Promise<Posted> {
  const { conversation } = request.place;
  try {
    const { serviceUrl } = await whereIs(ports.conversations, conversation);
    const activity = await ports.rest.postTargeted(serviceUrl, conversation, person.chatUserId, content);
    return { conversation, activity, fingerprint: activity };
  } catch (err) {
    ports.log.info({ err, request: request.id }, 'no targeted message could be sent; the sign-in is offered in 1:1');
    return await offerInPersonal(ports, request, person, content);
  }
}
