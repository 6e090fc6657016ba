/** Posts and edits in a conversation, of the bot's own accord. */
import { createHash } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { CardContext } from '../../cards/context.ts';
import { noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { requestCard } from '../../cards/request-card.ts';
import type { ConversationStore } from '../../src/adapters/store/conversation-store.ts';
import { ConversationError, type ConversationFault } from '../../src/domain/conversation-error.ts';
import { type ActivityId, type ConversationId, parseActivityId, parseConversationId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Announcer, Log, Posted } from '../../src/ports.ts';
import type { TeamsAdapter } from './adapter.ts';
import type { ConnectorRest, Content } from './connector-rest.ts';
import { cardContent, textContent } from './content.ts';
import { channelOf } from './incoming.ts';

/** What posting needs. */
export interface PosterPorts {
  readonly adapter: Pick<TeamsAdapter, 'speak'>;
  readonly rest: ConnectorRest;
  readonly conversations: ConversationStore;
  readonly cards: CardContext;
  readonly log: Log;
}

const refused = z.object({
  statusCode: z.number(),
  code: z.string().optional(),
  body: z
    .object({ error: z.object({ code: z.string() }).partial() })
    .partial()
    .optional(),
});

/** The `Announcer` of Teams. */
export function createPoster(ports: PosterPorts): Announcer {
  return {
    async showCard(request, posted) {
      const content = cardContent(requestCard(request, ports.cards));
      const fingerprint = fingerprintOf(content);
      if (posted?.fingerprint === fingerprint) return posted;
      if (posted !== undefined) {
        const end = await edit(ports, posted, content);
        if (end === 'edited') return { ...posted, fingerprint };
        // What is due besides the card can still be told in 1:1. The old fingerprint stays: back in, the card is edited.
        if (end === 'botRemoved') return posted;
      }
      const activity = await post(ports, request.place.conversation, content);
      return { conversation: threadOf(request, activity), activity, fingerprint };
    },
    async tell(request, notice, card) {
      const content = textContent(noticeMessage(notice));
      try {
        const activity = await post(ports, card.conversation, content);
        return { conversation: card.conversation, activity, fingerprint: fingerprintOf(content) };
      } catch (error) {
        if (!(error instanceof ConversationError) || error.fault !== 'botRemoved') throw error;
        ports.log.warn(
          { request: request.id },
          'the bot is no longer in the conversation; the requester is told in 1:1',
        );
        return await tellPrivately(ports, request, notice);
      }
    },
  };
}

async function tellPrivately(ports: PosterPorts, request: Request, notice: Notice): Promise<Posted> {
  const conversation = await personalOf(ports, request.requester, request.place.conversation);
  const content = textContent(removedBotMessage(notice, ports.cards));
  return { conversation, activity: await post(ports, conversation, content), fingerprint: fingerprintOf(content) };
}

/**
 * The 1:1 conversation with a person; opened on first use.
 * @param seenIn where they were seen: its service URL reaches their tenant
 */
export async function personalOf(
  { conversations, rest }: Pick<PosterPorts, 'conversations' | 'rest'>,
  person: Person,
  seenIn: ConversationId,
): Promise<ConversationId> {
  const known = await conversations.personalOf(person.oid);
  if (known !== undefined) return known;
  const { serviceUrl } = await whereIs(conversations, seenIn);
  const conversation = await rest.openPersonal(serviceUrl, person.tenant, person.chatUserId);
  await conversations.remember({ conversation, kind: 'personal', serviceUrl, tenant: person.tenant });
  await conversations.rememberPersonal(person.oid, conversation);
  return conversation;
}

/** How an edit ended: `postGone` means that it has to be made anew. Throws `ConversationError` when trying again may help. */
async function edit(
  ports: PosterPorts,
  posted: Posted,
  content: Content,
): Promise<'edited' | Exclude<ConversationFault, 'unavailable'>> {
  try {
    return await speak(ports, posted.conversation, async (context) => {
      await context.updateActivity({ ...content, id: posted.activity });
      return 'edited' as const;
    });
  } catch (error) {
    if (!(error instanceof ConversationError) || error.fault === 'unavailable') throw error;
    ports.log.warn({ conversation: posted.conversation, fault: error.fault }, 'a card could not be edited');
    return error.fault;
  }
}

/** Posts content into a conversation, or its thread. Throws `ConversationError`. */
export async function post(ports: PosterPorts, conversation: ConversationId, content: Content): Promise<ActivityId> {
  return await speak(ports, conversation, async (context) => {
    const answer = await context.sendActivity(content);
    const id = parseActivityId(answer?.id ?? '');
    if (id === undefined) throw new Error('the connector gave no usable id for a post');
    return id;
  });
}

/** Runs a turn of our own accord. Throws `ConversationError`. */
export async function speak<Value>(
  { adapter, conversations }: Pick<PosterPorts, 'adapter' | 'conversations'>,
  conversation: ConversationId,
  turn: (context: TurnContext) => Promise<Value>,
): Promise<Value> {
  const { serviceUrl } = await whereIs(conversations, conversation);
  try {
    return await adapter.speak({ conversation, serviceUrl }, turn);
  } catch (cause) {
    throw new ConversationError(faultOf(cause), 'the chat did not take a post', { cause });
  }
}

/** A thread is reached as its channel is: the newest service URL is kept per conversation without the thread. */
export async function whereIs(conversations: ConversationStore, conversation: ConversationId) {
  const root = parseConversationId(channelOf(conversation));
  const known = root === undefined ? undefined : await conversations.find(root);
  if (known === undefined) throw new Error('no service URL is known for this conversation');
  return known;
}

function faultOf(cause: unknown): ConversationError['fault'] {
  const parsed = refused.safeParse(cause);
  if (!parsed.success) return 'unavailable';
  const code = parsed.data.code ?? parsed.data.body?.error?.code;
  if (parsed.data.statusCode === 403 && code === 'BotNotInConversationRoster') return 'botRemoved';
  return parsed.data.statusCode === 404 ? 'postGone' : 'unavailable';
}

/** A new root post opens a thread of its own: what follows goes there. */
function threadOf({ place }: Request, activity: ActivityId): ConversationId {
  if (place.kind !== 'channel' || place.conversation.includes(';messageid=')) return place.conversation;
  return parseConversationId(`${place.conversation};messageid=${activity}`) ?? place.conversation;
}

function fingerprintOf(content: Content): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
