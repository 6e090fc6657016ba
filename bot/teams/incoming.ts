/** Activity → plain values. Ids are branded here; nothing behind this file reads a raw activity. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import {
  type ActivityId,
  type ConversationId,
  parseAadObjectId,
  parseActivityId,
  parseChatUserId,
  parseConversationId,
  parseTenantId,
  type TenantId,
} from '../../src/domain/ids.ts';
import { type Instant, parseInstant } from '../../src/domain/instant.ts';
import { type Language, languageOf } from '../../src/domain/language.ts';
import type { Person } from '../../src/domain/person.ts';
import type { ConversationKind, Place } from '../../src/domain/place.ts';
import { typedText } from './typed-text.ts';

/** Who did something where. */
export interface Incoming {
  readonly person: Person;
  /** Whose conversation it is: the person's own tenant, or the one that another organisation shares with them. */
  readonly hostTenant: TenantId;
  readonly place: Place;
  readonly serviceUrl: string;
  /** The activity's own id: a redelivered message has the same one. */
  readonly activity: ActivityId;
  /** When Teams says it was done; undefined where it does not say. */
  readonly sentAt: Instant | undefined;
  /** The one that their Teams is set to, as far as the bot speaks it. */
  readonly language: Language;
  /** In a channel, the ids of its team: Teams' own and, where it is told, Entra's of the group. */
  readonly teams: readonly string[];
}

/** A message, without the mention of the bot. */
export interface IncomingMessage extends Incoming {
  readonly text: string;
}

/** Serialisers differ in how they write what is not there. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

const account = z.object({
  id: z.string(),
  name: maybe(z.string()),
  aadObjectId: maybe(z.string()),
  role: maybe(z.string()),
});

const spoken = z.object({ locale: z.string().optional().catch(undefined) });

const envelope = z.object({
  ...spoken.shape,
  id: z.string(),
  serviceUrl: z.string(),
  timestamp: maybe(z.iso.datetime({ offset: true })),
  from: account,
  recipient: maybe(z.object({ id: z.string(), isTargeted: maybe(z.boolean()) })),
  conversation: z.object({
    id: z.string(),
    conversationType: z.enum(['personal', 'groupChat', 'channel']),
    tenantId: maybe(z.string()),
  }),
  channelData: maybe(
    z.object({
      tenant: maybe(z.object({ id: z.string() })),
      team: maybe(z.object({ id: maybe(z.string()), aadGroupId: maybe(z.string()) })),
    }),
  ),
});

/** More than any directory allows; a name is shown, so somebody could fill a card with theirs. */
const longestName = 256;

/**
 * Reads who did something where.
 * @returns undefined when it was no person (another bot, the system) or the activity is not as Teams makes them
 */
export function readIncoming(activity: Activity): Incoming | undefined {
  const parsed = envelope.safeParse(activity);
  if (!parsed.success) return undefined;
  const { id, from, conversation, channelData, recipient, serviceUrl, timestamp, locale } = parsed.data;
  if (isBot(from) || from.aadObjectId === undefined) return undefined;
  const oid = parseAadObjectId(from.aadObjectId);
  const chatUserId = parseChatUserId(from.id);
  const tenant = parseTenantId(channelData?.tenant?.id ?? conversation.tenantId ?? '');
  const hostTenant = conversation.tenantId === undefined ? tenant : parseTenantId(conversation.tenantId);
  const activityId = parseActivityId(id);
  const askedPrivately = recipient?.isTargeted === true && conversation.conversationType !== 'personal';
  const where = placeOf(conversation.id, conversation.conversationType, askedPrivately);
  if (oid === undefined || chatUserId === undefined || tenant === undefined) return undefined;
  if (hostTenant === undefined || activityId === undefined || where === undefined) return undefined;
  const language = languageOf(locale);
  const nameless = catalogueOf(language).answers.somebody;
  const person = { oid, chatUserId, tenant, name: from.name?.slice(0, longestName).trim() || nameless };
  const { team } = channelData ?? {};
  const teams = [team?.id, team?.aadGroupId].filter((teamId) => teamId !== undefined);
  const sentAt = timestamp === undefined ? undefined : parseInstant(timestamp);
  return {
    person,
    hostTenant,
    place: where,
    serviceUrl,
    activity: activityId,
    sentAt,
    language,
    teams,
  };
}

/** The language of whoever sent an activity, also of one of which nothing else can be read. */
export function languageIn(activity: Pick<Activity, 'locale'>): Language {
  return languageOf(spoken.parse(activity).locale);
}

/** Teams' ids of bots begin with `28:`; the role is told by some channels only. */
function isBot({ id, role }: z.infer<typeof account>): boolean {
  return role === 'bot' || id.startsWith('28:');
}

/** Reads a message; undefined as for `readIncoming`. */
export function readMessage(activity: Activity): IncomingMessage | undefined {
  const incoming = readIncoming(activity);
  if (incoming === undefined) return undefined;
  return { ...incoming, text: typedText(activity) };
}

/** The conversation without the thread in it: clicks name the channel or the thread, as the client pleases. */
export function channelOf(conversation: string): string {
  return conversation.replace(/;messageid=.*$/, '');
}

/** The same of an id that was read: Teams counts a channel, and lists its members, without its threads. */
export function rootOf(conversation: ConversationId): ConversationId {
  return parseConversationId(channelOf(conversation)) ?? conversation;
}

/** A slash command has no message that others see, so its card opens a thread of its own. */
function placeOf(id: string, kind: ConversationKind, askedPrivately: boolean): Place | undefined {
  const conversation = parseConversationId(id);
  if (conversation === undefined) return undefined;
  const root = askedPrivately && kind === 'channel' ? parseConversationId(channelOf(conversation)) : conversation;
  return root === undefined ? undefined : { conversation: root, kind, askedPrivately };
}
