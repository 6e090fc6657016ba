import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { type ConversationId, parseConversationId } from '../../src/domain/ids.ts';
import { channelOf } from './incoming.ts';

const conversation = z.object({ id: z.string() });
const uninstalled = z.object({ type: z.literal('installationUpdate'), action: z.literal('remove'), conversation });
const leftRoster = z.object({
  type: z.literal('conversationUpdate'),
  conversation,
  recipient: z.object({ id: z.string() }),
  membersRemoved: z.array(z.object({ id: z.string() })),
});

/**
 * The conversation that this activity takes the bot out of; undefined for any other activity. Of a team Teams names one
 * channel only; the others are found out by the next post there.
 */
export function removedFrom(activity: Activity): ConversationId | undefined {
  const update = uninstalled.safeParse(activity);
  if (update.success) return parseConversationId(channelOf(update.data.conversation.id));
  const left = leftRoster.safeParse(activity);
  if (!left.success || !left.data.membersRemoved.some(({ id }) => id === left.data.recipient.id)) return undefined;
  return parseConversationId(channelOf(left.data.conversation.id));
}
