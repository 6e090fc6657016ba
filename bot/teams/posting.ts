/** Writing into conversations of the bot's own accord: where they are, at which pace, and what a refusal means. */
import type { TurnContext } from 'botbuilder';
import type { CardSettings } from '../../cards/context.ts';
import type { ChatPace } from '../../src/adapters/store/chat-pace-store.ts';
import type { ConversationStore } from '../../src/adapters/store/conversation-store.ts';
import { ConversationError } from '../../src/domain/conversation-error.ts';
import { type ActivityId, type ConversationId, parseActivityId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Log, Posted } from '../../src/ports.ts';
import type { TeamsAdapter } from './adapter.ts';
import type { ConnectorRest, Content } from './connector-rest.ts';
import { type ConnectorCall, conversationError, isOutOfRoster } from './conversation-faults.ts';
import { rootOf } from './incoming.ts';
import { takeTurn } from './pace.ts';

/** What posting needs. */
export interface PosterPorts {
  readonly adapter: Pick<TeamsAdapter, 'speak'>;
  readonly rest: ConnectorRest;
  readonly conversations: ConversationStore;
  readonly pace: ChatPace;
  /** Whoever writes says for which reader. */
  readonly cards: CardSettings;
  readonly log: Log;
}

/**
 * The 1:1 conversation with a person; opened on first use.
 * @param seenIn where they were seen: its service URL reaches their tenant
 */
export async function personalOf(
  ports: Pick<PosterPorts, 'conversations' | 'rest'>,
  person: Person,
  seenIn: ConversationId,
): Promise<ConversationId> {
  const { conversations, rest } = ports;
  const known = await conversations.personalOf(person.oid);
  if (known !== undefined) return known;
  const seen = await conversations.find(rootOf(seenIn));
  // A conversation that removed the bot is forgotten; the tenant is where it was.
  const serviceUrl = seen?.serviceUrl ?? (await conversations.serviceUrlOf(person.tenant));
  if (serviceUrl === undefined) throw new ConversationError('botRemoved', 'no way to the person’s tenant is known', {});
  try {
    const conversation = await rest.openPersonal(serviceUrl, person.tenant, person.chatUserId);
    await conversations.remember({ conversation, kind: 'personal', serviceUrl, tenant: person.tenant });
    await conversations.rememberPersonal(person.oid, conversation);
    return conversation;
  } catch (cause) {
    throw conversationError('post', cause);
  }
}

/** Edits a post of ours. Throws `ConversationError`. */
export async function edit(ports: PosterPorts, posted: Posted, content: Content): Promise<void> {
  await inTurn(ports, posted.conversation, 'edit', async (context) => {
    await context.updateActivity({ ...content, id: posted.activity });
    return true;
  });
}

/** Posts content into a conversation, or its thread. Throws `ConversationError`. */
export async function post(ports: PosterPorts, conversation: ConversationId, content: Content): Promise<ActivityId> {
  return await inTurn(ports, conversation, 'post', async (context) => {
    const answer = await context.sendActivity(content);
    const id = parseActivityId(answer?.id ?? '');
    if (id === undefined) throw new Error('the connector gave no usable id for a post');
    return id;
  });
}

/** Writes as often as Teams allows. A 429 holds back everybody who writes there; a removed bot forgets the place. */
async function inTurn<Value>(
  ports: PosterPorts,
  conversation: ConversationId,
  call: ConnectorCall,
  turn: (context: TurnContext) => Promise<Value>,
): Promise<Value> {
  const { serviceUrl } = await whereIs(ports.conversations, conversation);
  await takeTurn(ports.pace, conversation);
  try {
    return await ports.adapter.speak({ conversation, serviceUrl }, turn);
  } catch (cause) {
    const error = conversationError(call, cause);
    if (error.retryAfterMs !== undefined) await ports.pace.pause(rootOf(conversation), error.retryAfterMs);
    if (isOutOfRoster(error)) await ports.conversations.forget(rootOf(conversation));
    throw error;
  }
}

/** Runs a turn of our own accord. */
export async function speak<Value>(
  { adapter, conversations }: Pick<PosterPorts, 'adapter' | 'conversations'>,
  conversation: ConversationId,
  turn: (context: TurnContext) => Promise<Value>,
): Promise<Value> {
  const { serviceUrl } = await whereIs(conversations, conversation);
  return await adapter.speak({ conversation, serviceUrl }, turn);
}

/**
 * A thread is reached as its channel is: the newest service URL is kept per conversation without the thread.
 * @throws ConversationError `botRemoved`: what is not kept has been forgotten
 */
export async function whereIs(conversations: ConversationStore, conversation: ConversationId) {
  const known = await conversations.find(rootOf(conversation));
  if (known === undefined) throw new ConversationError('botRemoved', 'the bot is in no such conversation', {});
  return known;
}
