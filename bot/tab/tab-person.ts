/** The caller of the tab's API, as the use cases know people. */
import { parseActivityId, parseChatUserId, parseConversationId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Assertions } from '../../src/ports.ts';
import type { Incoming } from '../teams/incoming.ts';
import type { Caller } from './tab-door.ts';

/**
 * Nobody tells the tab by which id the chat knows its person. Their own request does; where there is none, Entra's object
 * id stands in, which Teams takes for mentions ('Mention support within Adaptive Cards'), and with which nothing is
 * asked of the Token Service: the tab offers nobody but the requester what needs their sign-in later.
 */
export function personOf({ claims, name }: Caller, request?: Request): Person {
  const { oid, tenant } = claims;
  const own = request?.requester;
  if (own !== undefined && own.oid === oid && own.tenant === tenant) return own;
  const chatUserId = parseChatUserId(oid);
  if (chatUserId === undefined) throw new TypeError('an object id is always a chat user id');
  return { oid, tenant, chatUserId, name };
}

/** What the person does in the tab, in the form in which the other doors judge it: as if it were a 1:1 chat. */
export function incomingOf(caller: Caller, request?: Request): Incoming {
  const person = personOf(caller, request);
  const conversation = parseConversationId(`tab:${person.oid}`);
  const activity = parseActivityId('tab');
  if (conversation === undefined || activity === undefined) throw new TypeError('these are always ids');
  const place = { conversation, kind: 'personal', askedPrivately: true } as const;
  const { language } = caller;
  return { person, hostTenant: person.tenant, place, serviceUrl: '', activity, sentAt: undefined, language, teams: [] };
}

/** The tab's own token in place of the Token Service's: whatever is asked of Defender now is asked with it. */
export function assertionsOf({ assertion, claims }: Caller): Assertions {
  return {
    find: async () => ({ kind: 'found', assertion, claims }),
    // Teams holds it, and gives the page a fresh one each time: there is nothing here to forget.
    signOut: async () => undefined,
  };
}
