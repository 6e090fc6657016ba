/** Answers that say no to somebody whom we know: the audit keeps each, beside what it was about. */
import { problemAnswer } from '../../cards/answers.ts';
import type { Catalogue } from '../../cards/language/catalogue.ts';
import { isRefusal, type Refusal } from '../../src/domain/audit-entry.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { AuditLog } from '../../src/ports.ts';
import type { Incoming } from './incoming.ts';

/** A line for one person; `refusal` where it says that they may not. */
export interface TextAnswer {
  readonly kind: 'text';
  readonly text: string;
  readonly refusal?: Refusal;
}

/** What went wrong, in words, and whether it was a no. */
export function problemText(say: Catalogue, problem: Problem, request?: RequestId): TextAnswer {
  const text = problemAnswer(say, problem);
  if (!isRefusal(problem)) return { kind: 'text', text };
  const { kind: why, correlationId } = problem;
  const about = request === undefined ? {} : { request };
  return {
    kind: 'text',
    text,
    refusal: { why, ...about, ...(correlationId === undefined ? {} : { correlationId }) },
  };
}

/**
 * Keeps a no in the audit.
 * @param wish the command or the button's verb, never what somebody typed
 */
export async function noteRefusal(
  { audit }: { readonly audit: AuditLog },
  { person, place }: Pick<Incoming, 'person' | 'place'>,
  wish: string,
  { why, ...about }: Refusal,
): Promise<void> {
  const subject = { by: person, conversation: place.conversation, ...about };
  await audit.record({ ...subject, kind: 'personRefused', details: { wish, why } });
}
