import type { ConversationId } from './ids.ts';

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
