/** Why the chat did not take a post. */
export type ConversationFault =
  /** The bot may not write there any more: removed, blocked, or the conversation is gone. */
  | 'botRemoved'
  /** The message to edit is gone, deleted by somebody, or it is none of the bot's. */
  | 'postGone'
  /** The content is too large for the chat. */
  | 'tooLarge'
  /** Refused for good: the same post would be refused again. */
  | 'refused'
  /** Not now: the chat's limits, kept by us or demanded by it. */
  | 'throttled'
  /** Anything else; trying again later may help. Whether the post was made is not known. */
  | 'unavailable';

/** A post that the chat refused or did not answer. */
export class ConversationError extends Error {
  override readonly name = 'ConversationError';
  readonly fault: ConversationFault;
  /** For `throttled`: nothing is taken sooner, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: ConversationFault,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number },
  ) {
    super(message, options);
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs;
  }
}
