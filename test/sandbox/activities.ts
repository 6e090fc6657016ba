import { botApp } from './app.ts';
import type { Conversation } from './conversations.ts';
import type { JsonObject } from './json.ts';
import { type Person, tenantId } from './people.ts';

/** What every activity needs to know. */
export interface ActivityFrame {
  readonly id: string;
  readonly serviceUrl: string;
  readonly person: Person;
  readonly conversation: Conversation;
  /** The root activity id of the thread, in channels. */
  readonly thread: string | undefined;
}

/** The members that all activities of Teams share ('Receive activities', Microsoft's page). */
export function frame({ id, serviceUrl, person, conversation, thread }: ActivityFrame): JsonObject {
  const now = new Date().toISOString();
  return {
    id,
    timestamp: now,
    localTimestamp: now,
    localTimezone: 'Europe/Berlin',
    locale: person.locale,
    serviceUrl,
    channelId: 'msteams',
    from: { id: person.teamsId, name: person.name, aadObjectId: person.oid },
    recipient: { id: botApp.teamsId, name: botApp.name },
    conversation: conversationAccount(conversation, thread),
    channelData: channelData(conversation, person),
    entities: [clientInfo(person)],
  };
}

/**
 * A message as somebody types it; `mention` puts the bot's name in front, and a newline comes at the end, as Teams does
 * (teams-platform.md, 'Cards').
 */
export function messageActivity(base: ActivityFrame, text: string, mention: boolean): JsonObject {
  const mentioned = `<at>${botApp.name}</at>`;
  const mentionEntity = { type: 'mention', text: mentioned, mentioned: { id: botApp.teamsId, name: botApp.name } };
  return {
    ...frame(base),
    type: 'message',
    textFormat: 'plain',
    text: mention ? `${mentioned} ${text}\n` : text,
    entities: [...(mention ? [mentionEntity] : []), clientInfo(base.person)],
  };
}

/** An invoke: the client waits for the HTTP answer. */
export function invokeActivity(base: ActivityFrame, name: string, value: JsonObject, replyToId?: string): JsonObject {
  const common = frame(base);
  return { ...common, type: 'invoke', name, value, ...(replyToId !== undefined && { replyToId }) };
}

function conversationAccount(conversation: Conversation, thread: string | undefined): JsonObject {
  const types = { channel: 'channel', groupChat: 'groupChat', personal: 'personal' } as const;
  const id = thread === undefined ? conversation.id : `${conversation.id};messageid=${thread}`;
  const isGroup = conversation.kind === 'personal' ? undefined : true;
  return { id, conversationType: types[conversation.kind], tenantId, isGroup };
}

function channelData({ id, kind, teamId }: Conversation, person: Person): JsonObject {
  const tenant = { id: person.tenantId };
  if (kind !== 'channel') return { tenant };
  return { tenant, channel: { id }, team: { id: teamId }, teamsChannelId: id, teamsTeamId: teamId };
}

function clientInfo(person: Person): JsonObject {
  return { type: 'clientInfo', locale: person.locale, country: 'DE', platform: 'Web', timezone: 'Europe/Berlin' };
}
