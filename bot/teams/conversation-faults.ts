/** What the connector's refusals mean (page 'Send messages in bot conversations', 'Status codes'). */
import { HTTPError } from 'ky';
import { z } from 'zod';
import { retryAfter } from '../../src/adapters/defender/answer-headers.ts';
import { ConversationError, type ConversationFault } from '../../src/domain/conversation-error.ts';

/** What was asked of the connector. */
export type ConnectorCall = 'post' | 'edit';

/** The bot may not write there until somebody lets it in again. */
const noEntry = new Set([
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'BotDisabledByAdmin',
  'ForbiddenOperationException',
]);

/** The connector refused, or did not answer: as the use cases see it. */
export function conversationError(call: ConnectorCall, cause: unknown): ConversationError {
  if (cause instanceof ConversationError) return cause;
  const refusal = refusalOf(cause);
  if (refusal === undefined) return new ConversationError('unavailable', 'the chat did not take a post', { cause });
  const { status, code, wait } = refusal;
  const message = `the chat refused a post with ${status} ${code}`.trim();
  if (status === 429 && wait !== undefined) {
    return new ConversationError('throttled', message, { cause, retryAfterMs: wait });
  }
  return new ConversationError(faultOf(call, status, code), message, { cause });
}

/** True when the bot is not among the members any more: then nothing about the conversation is kept. */
export function isOutOfRoster(error: ConversationError): boolean {
  return refusalOf(error.cause)?.code === 'BotNotInConversationRoster';
}

function faultOf(call: ConnectorCall, status: number, code: string): ConversationFault {
  if (status === 403 && noEntry.has(code)) return 'botRemoved';
  if (status === 404 && code === 'ConversationNotFound') return 'botRemoved';
  // Only its author may edit a message: one that somebody else wrote is no card of ours.
  if (call === 'edit' && (status === 404 || code === 'MessageWritesBlocked')) return 'postGone';
  if (code === 'MessageWritesBlocked') return 'botRemoved';
  if (status === 413) return 'tooLarge';
  // Below 400 it was taken, and only the answer cannot be read. 401 is for an operator, who may mend it meanwhile. 500 is tried again, which the page does not ask for: it may have passed.
  const isPassing = [401, 408, 412, 429].includes(status) || status < 400 || status >= 500;
  return isPassing ? 'unavailable' : 'refused';
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  /** `Retry-After`, in milliseconds. */
  readonly wait: number | undefined;
}

const body = z.object({ error: z.object({ code: z.string() }) });
type Headers = { readonly get: (name: string) => string | null | undefined };
const hasGet = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
/** `RestError` of the SDK's client. */
const restError = z.object({
  statusCode: z.number(),
  code: z.string().optional(),
  body: z.unknown().optional(),
  response: z.object({ headers: z.custom<Headers>(hasGet) }).optional(),
});

function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof HTTPError) {
    const { status, headers } = cause.response;
    return { status, code: codeIn(cause.data), wait: retryAfter(headers, Date.now()) };
  }
  const parsed = restError.safeParse(cause);
  if (!parsed.success) return undefined;
  const { statusCode, code, response } = parsed.data;
  const headers = new globalThis.Headers();
  for (const name of ['retry-after', 'date']) headers.set(name, response?.headers.get(name) ?? '');
  return { status: statusCode, code: code ?? codeIn(parsed.data.body), wait: retryAfter(headers, Date.now()) };
}

function codeIn(answer: unknown): string {
  const parsed = body.safeParse(answer);
  return parsed.success ? parsed.data.error.code : '';
}
