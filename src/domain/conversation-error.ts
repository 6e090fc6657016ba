/** Why the chat did not take a post. */
export type ConversationFault =
  /** The bot is no longer in the conversation. */
  | 'botRemoved'
  /** The message to edit is gone, deleted by somebody. */
  | 'postGone'
  /** Anything else; trying again later may help. */
  | 'unavailable';

/** A post that the chat refused or did not answer. */
export class ConversationError extends Error {
  override readonly name = 'ConversationError';
  readonly fault: ConversationFault;

  constructor(fault: ConversationFault, message: string, options: { readonly cause: unknown }) {
    super(message, options);
    this.fault = fault;
  }
}
