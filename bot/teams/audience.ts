/** Who reads along in a conversation, as its roster says; remembered for some minutes. */
import ky from 'ky';
import { z } from 'zod';
import type { AudienceStore } from '../../src/adapters/store/audience-store.ts';
import type { ConversationStore } from '../../src/adapters/store/conversation-store.ts';
import { type Audience, type Member, rosterOf } from '../../src/domain/audience.ts';
import type { ConversationId, TenantId } from '../../src/domain/ids.ts';
import { minute } from '../../src/domain/instant.ts';
import type { Place } from '../../src/domain/place.ts';
import type { Secret } from '../../src/domain/secret.ts';
import type { Log } from '../../src/ports.ts';
import { within } from '../deadline.ts';
import { connectorUrl } from './connector-rest.ts';
import { rootOf } from './incoming.ts';

/** The connector's roster. */
export interface RosterReader {
  /** The members of a conversation, page by page, in their order. Throws what ky throws. */
  pages(serviceUrl: string, conversation: ConversationId): AsyncIterable<readonly Member[]>;
}

/** What finding out needs. */
export interface AudiencePorts {
  readonly app: { readonly tenant: TenantId };
  readonly audiences: AudienceStore;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly roster: RosterReader;
  readonly log: Log;
}

/** A roster counts for so long. Teams tells of members that come (`conversationUpdate`), but not in every channel. */
const rosterAge = 10 * minute;
/** A roster is read no further than this: 10,000 members. */
const mostPages = 20;
/** Longest wait for one page, and for all of them: a card waits for it. */
const pagePatience = 4_000;
const patience = 8_000;

/**
 * Who reads along where a card stands. Never throws for what the connector does: who cannot be read is `unknown`, which is
 * treated like strangers, and is asked for anew the next time.
 */
export async function audienceOf(ports: AudiencePorts, place: Pick<Place, 'kind' | 'conversation'>): Promise<Audience> {
  if (place.kind === 'personal') return 'own';
  const root = rootOf(place.conversation);
  const known = await ports.audiences.find(root, rosterAge);
  if (known !== undefined) return known;
  const reference = await ports.conversations.find(root);
  if (reference === undefined) return 'unknown';
  try {
    const roster = await within(patience, 'the roster', read(ports, reference.serviceUrl, root));
    await ports.audiences.note(root, roster);
    return roster.audience;
  } catch (err) {
    ports.log.warn({ err, conversation: root }, 'nobody knows who reads along: the roster could not be read');
    return 'unknown';
  }
}

async function read({ roster, app }: AudiencePorts, serviceUrl: string, conversation: ConversationId) {
  const members: Member[] = [];
  let pages = 0;
  for await (const page of roster.pages(serviceUrl, conversation)) {
    pages += 1;
    members.push(...page);
    if (pages === mostPages) return rosterOf(members, false, app.tenant);
  }
  return rosterOf(members, true, app.tenant);
}

const optional = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
/** A member as Teams describes one (page 'Get Teams specific context for your bot'). */
const member = z
  .object({
    aadObjectId: optional,
    objectId: optional,
    tenantId: optional,
    userRole: optional,
    userPrincipalName: optional,
  })
  .transform(
    ({ aadObjectId, objectId, tenantId, userRole, userPrincipalName }): Member => ({
      oid: aadObjectId ?? objectId,
      tenant: tenantId,
      role: userRole,
      upn: userPrincipalName,
    }),
  );
const page = z.object({ members: z.array(member), continuationToken: optional });

/** @param botToken gives the bot's own token for the connector */
export function createRosterReader(botToken: () => Promise<Secret<'botToken'>>): RosterReader {
  return {
    async *pages(serviceUrl, conversation) {
      let next: string | undefined;
      do {
        const url = connectorUrl(serviceUrl, `v3/conversations/${encodeURIComponent(conversation)}/pagedmembers`);
        url.searchParams.set('pageSize', '500');
        if (next !== undefined) url.searchParams.set('continuationToken', next);
        const headers = { authorization: `Bearer ${(await botToken()).reveal()}` };
        const answer: unknown = await ky
          .get(url, { headers, timeout: pagePatience, retry: 0, redirect: 'error' })
          .json();
        const { members, continuationToken } = page.parse(answer);
        yield members;
        next = continuationToken === '' ? undefined : continuationToken;
      } while (next !== undefined);
    },
  };
}
