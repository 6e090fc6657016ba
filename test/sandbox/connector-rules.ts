import { z } from 'zod';
import { connectorError } from './connector-answers.ts';
import type { Conversation, Message } from './conversations.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A message activity as a bot may send it. Other members are kept as they came. */
export const activityShape = z.record(z.string(), z.json()).and(
  z.object({
    type: z.string(),
    text: z.string().nullish(),
    attachments: z.array(z.json()).nullish(),
    recipient: z.object({ id: z.string().optional(), isTargeted: z.boolean().optional() }).nullish(),
  }),
);
export type SentActivity = z.infer<typeof activityShape>;

/** 'Create conversation' of the Bot Connector reference, Microsoft's page. */
export const creationShape = z.object({
  isGroup: z.boolean().nullish(),
  members: z.array(z.object({ id: z.string() })).nullish(),
  tenantId: z.string().nullish(),
  activity: activityShape.nullish(),
  channelData: z
    .object({ channel: z.object({ id: z.string() }).nullish(), tenant: z.object({ id: z.string() }).nullish() })
    .nullish(),
});

/** Teams refuses about 100 KB (teams-platform.md, 'Cards'). */
const largestActivity = 100 * 1024;
/** Per conversation (teams-platform.md, 'Cards', send limits). */
export const sendLimits = [
  { count: 7, milliseconds: 1_000 },
  { count: 8, milliseconds: 2_000 },
  { count: 60, milliseconds: 30_000 },
  { count: 1_800, milliseconds: 3_600_000 },
];

/** Where a call of the connector goes. */
export interface Target {
  readonly conversation: Conversation;
  /** The root activity id, where the conversation id named one. */
  readonly thread: string | undefined;
}

/** The refusal of what is too large or says nothing. */
export function refusedContent(rawBody: string, activity: SentActivity): WireAnswer | undefined {
  if (Buffer.byteLength(rawBody) > largestActivity)
    return connectorError(413, 'MessageSizeTooBig', 'Message size too large.');
  const isEmpty = !activity.text && !activity.attachments?.length;
  if (activity.type !== 'message' || !isEmpty) return undefined;
  return connectorError(400, 'BadSyntax', 'Activity must include non empty text or attachments.');
}

/** teams-platform.md, 'Slash commands and private messages': recipient with id and isTargeted; not in 1:1; a member. */
export function refusedTarget({ conversation }: Target, activity: SentActivity): WireAnswer | undefined {
  if (conversation.kind === 'personal')
    return connectorError(400, 'BadArgument', 'Targeted messages are not supported in 1:1 chats.');
  const { recipient } = activity;
  const isMember = conversation.members.some((person) => person.teamsId === recipient?.id);
  if (recipient?.isTargeted === true && isMember) return undefined;
  return connectorError(
    400,
    'BadArgument',
    'A targeted activity wants recipient.id of a member and recipient.isTargeted.',
  );
}

/**
 * The bot's own message that a PUT or DELETE means, or the refusal. For a targeted one the query is wanted, a recipient
 * is not (teams-platform.md, same place; that the real one refuses otherwise is assumed).
 */
export function findOwn(conversation: Conversation, request: WireRequest): Message | WireAnswer {
  const message = conversation.find(request.params.activity ?? '');
  const targeted = request.query.get('isTargetedActivity') === 'true';
  if (!message || targeted !== (message.visibleTo !== 'everyone')) {
    return connectorError(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');
  }
  if (message.from !== 'bot')
    return connectorError(403, 'MessageWritesBlocked', 'Only the author may change a message.');
  const body = activityShape.safeParse(request.json);
  const names = targeted && body.success && body.data.recipient?.isTargeted === true;
  return names
    ? connectorError(400, 'BadArgument', 'The recipient of a targeted activity cannot be changed.')
    : message;
}
