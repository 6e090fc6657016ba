import { type ActivityId, type ConversationId, parseConversationId } from './ids.ts';

/** The three kinds of conversation in Teams. */
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/** Where a request's card stands. */
export interface Place {
  /**
   * Where the card is posted. In a channel this names the thread of the command; for a slash command,
   * whose message only the asker sees, it names the channel, and the card opens a thread of its own.
   */
  readonly conversation: ConversationId;
  readonly kind: ConversationKind;
  /** True for a slash command (`recipient.isTargeted`): help and errors are for the asker's eyes alone. */
  readonly askedPrivately: boolean;
}

/** Where what follows a card goes: into its thread. The card of a slash command is a root post, and opens one of its own. */
export function threadOf({ kind, conversation }: Place, card: ActivityId): ConversationId {
  if (kind !== 'channel' || conversation.includes(';messageid=')) return conversation;
  return parseConversationId(`${conversation};messageid=${card}`) ?? conversation;
}
