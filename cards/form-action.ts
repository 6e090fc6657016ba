/**
 * The buttons of the form that stands for a typed `/collect`. Nothing is kept for a form: its button carries where the
 * request is to go, and which message or click it answers.
 */
import { z } from 'zod';
import { type ActivityId, type ConversationId, parseActivityId, parseConversationId } from '../src/domain/ids.ts';
import { parsedBy } from './parsed-by.ts';

/** Where a form was opened. */
export interface FormOrigin {
  /** Where the request's card is to stand. */
  readonly conversation: ConversationId;
  /** What opened the form: out of one opening comes one request at most. */
  readonly opening: ActivityId;
}

/** **Continue**: what was put into the fields, not yet checked. */
export interface AskAction extends FormOrigin {
  readonly verb: 'askByForm';
  readonly devices: string;
  readonly why: string;
}

/** A click that has to do with the form. */
export type FormAction = { readonly verb: 'openForm' } | { readonly verb: 'leaveForm' } | AskAction;

const typed = z.string().max(20_000);
const formAction: z.ZodType<FormAction> = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('openForm') }),
  z.object({ verb: z.literal('leaveForm') }),
  z.object({
    verb: z.literal('askByForm'),
    conversation: parsedBy('conversation id', parseConversationId),
    opening: parsedBy('activity id', parseActivityId),
    devices: typed,
    why: typed,
  }),
]);

/**
 * Reads such a click; it comes back from a client, so it is parsed like any stranger's input.
 * @returns undefined when it is none of these, or its data is not what our buttons carry
 */
export function parseFormAction(verb: unknown, data: unknown): FormAction | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const parsed = formAction.safeParse({ ...data, verb });
  return parsed.success ? parsed.data : undefined;
}
