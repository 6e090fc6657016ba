/** What a message says that somebody points at, out of what Teams passes of it: HTML, and cards as alerts send them. */
import { z } from 'zod';
import { withoutEntities } from './typed-text.ts';

const maybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** `messagePayload` of an action on a message (page 'Create and send the dialog'). */
export const messagePayload = z.object({
  id: maybeText,
  replyToId: maybeText,
  body: z.object({ contentType: maybeText, content: maybeText }).nullish(),
  attachments: z.array(z.object({ contentType: maybeText, content: z.unknown() })).nullish(),
});

/** Its text in plain letters: first what was written, then what stands on its cards. */
export function messageText({ body, attachments }: z.infer<typeof messagePayload>): string {
  const written = body?.contentType === 'text' ? body.content : withoutTags(body?.content ?? '');
  const cards = (attachments ?? []).flatMap(({ content }) => shownIn(parsed(content), 0));
  return [written, ...cards].join('\n').trim();
}

function withoutTags(html: string): string {
  return withoutEntities(html.replace(/<[^<>]*>/g, ' '));
}

/** Teams passes a card as the text of its JSON. */
function parsed(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch {
    // What is no JSON is no card: a name of a file, for instance. There is nothing in it to be read.
    return undefined;
  }
}

const record = z.record(z.string(), z.unknown());
/** Deeper than any card that somebody can read. */
const deepest = 20;

/** The texts that a card shows, whatever its kind. */
function shownIn(value: unknown, depth: number): readonly string[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((each) => shownIn(each, depth + 1));
  const fields = record.safeParse(value);
  if (!fields.success) return [];
  return Object.entries(fields.data).flatMap(([key, each]) => {
    if (typeof each !== 'string') return shownIn(each, depth + 1);
    return key === 'text' || key === 'title' || key === 'value' ? [each] : [];
  });
}
