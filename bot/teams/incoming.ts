/** Activity → plain values. Ids are branded here; nothing behind this file reads a raw activity. */
import type { Activity } from 'botframework-schema';
import { z } from 'zod';
import {
  type ActivityId,
  type ConversationId,
  parseAadObjectId,
  parseActivityId,
  parseChatUserId,
  parseConversationId,
  parseTenantId,
} from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { ConversationKind, Place } from '../../src/domain/place.ts';

/** Who did something where. */
export interface Incoming {
  readonly person: Person;
  readonly place: Place;
  readonly serviceUrl: string;
  /** The activity's own id: a redelivered message has the same one. */
  readonly activity: ActivityId;
}

/** A message, without the mention of the bot. */
export interface IncomingMessage extends Incoming {
  readonly text: string;
}

const account = z.object({
  id: z.string(),
  name: z.string().max(500).optional(),
  aadObjectId: z.string().optional(),
  role: z.string().optional(),
});

const envelope = z.object({
  id: z.string(),
  serviceUrl: z.string(),
  from: account,
  recipient: z.object({ id: z.string(), isTargeted: z.boolean().optional() }).optional(),
  conversation: z.object({
    id: z.string(),
    conversationType: z.enum(['personal', 'groupChat', 'channel']),
    tenantId: z.string().optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
});

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().optional(),
  mentioned: z.object({ id: z.string(), name: z.string().optional() }),
});

/**
 * Reads who did something where.
 * @returns undefined when it was no person (another bot, the system) or the activity is not as Teams makes them
 */
export function readIncoming(activity: Activity): Incoming | undefined {
  const parsed = envelope.safeParse(activity);
  if (!parsed.success) return undefined;
  const { id, from, conversation, channelData, recipient, serviceUrl } = parsed.data;
  if (from.role === 'bot' || from.aadObjectId === undefined) return undefined;
  const oid = parseAadObjectId(from.aadObjectId);
  const chatUserId = parseChatUserId(from.id);
  const tenant = parseTenantId(channelData?.tenant?.id ?? conversation.tenantId ?? '');
  const activityId = parseActivityId(id);
  const askedPrivately = recipient?.isTargeted === true && conversation.conversationType !== 'personal';
  const where = placeOf(conversation.id, conversation.conversationType, askedPrivately);
  if (oid === undefined || chatUserId === undefined || tenant === undefined) return undefined;
  if (activityId === undefined || where === undefined) return undefined;
  const person = { oid, chatUserId, tenant, name: from.name?.trim() || 'Somebody' };
  return { person, place: where, serviceUrl, activity: activityId };
}

/** Reads a message; undefined as for `readIncoming`. */
export function readMessage(activity: Activity): IncomingMessage | undefined {
  const incoming = readIncoming(activity);
  if (incoming === undefined) return undefined;
  return { ...incoming, text: withoutMentions(activity) };
}

/** The conversation without the thread in it: clicks name the channel or the thread, as the client pleases. */
export function channelOf(conversation: ConversationId): string {
  return conversation.replace(/;messageid=.*$/, '');
}

/** A slash command has no message that others see, so its card opens a thread of its own. */
function placeOf(id: string, kind: ConversationKind, askedPrivately: boolean): Place | undefined {
  const conversation = parseConversationId(id);
  if (conversation === undefined) return undefined;
  const root = askedPrivately && kind === 'channel' ? parseConversationId(channelOf(conversation)) : conversation;
  return root === undefined ? undefined : { conversation: root, kind, askedPrivately };
}

/** The bot's own mention goes; another person's becomes their plain name, since it may stand in the reason. */
function withoutMentions(activity: Activity): string {
  let text = typeof activity.text === 'string' ? activity.text : '';
  const botId = activity.recipient?.id;
  for (const entity of activity.entities ?? []) {
    const parsed = mention.safeParse(entity);
    if (!parsed.success || parsed.data.text === undefined || parsed.data.text === '') continue;
    const { mentioned } = parsed.data;
    text = text.replace(parsed.data.text, mentioned.id === botId ? ' ' : (mentioned.name ?? ''));
  }
  return text.replace(/<\/?at\b[^<>]*>/gi, '').replace(/&nbsp;/g, ' ');
}
