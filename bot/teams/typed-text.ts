/** What somebody typed, out of what Teams makes of it: mentions as tags, and letters that HTML wants as entities. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string(), name: z.string().nullish() }),
});

/**
 * The bot's own mention goes; another person's becomes their plain name, since it may stand in the reason. A name is
 * put in as it is: neither `$&` nor `&lt;` in it means anything. Tags that somebody typed go too; what is left of nested
 * ones is harmless, since cards escape all that was typed.
 */
export function typedText(activity: Pick<Activity, 'text' | 'entities' | 'recipient'>): string {
  let text = typeof activity.text === 'string' ? activity.text : '';
  const botId = activity.recipient?.id;
  for (const entity of Array.isArray(activity.entities) ? activity.entities : []) {
    const parsed = mention.safeParse(entity);
    if (!parsed.success) continue;
    const { mentioned } = parsed.data;
    const name = (mentioned.name ?? '').replace(/&/g, '&amp;');
    text = text.replace(parsed.data.text, () => (mentioned.id === botId ? ' ' : name));
  }
  return withoutEntities(text.replace(/<\/?at\b[^<>]*>/gi, ''));
}

const letters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** Letters for their entities. Read once: who typed `&lt;` comes as `&amp;lt;`, and has it back. After the tags: a typed `<at>` is only text. */
export function withoutEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|lt|gt|amp|quot|apos|nbsp);/gi, (entity, name: string) => {
    const number = /^#(x?)(.+)$/i.exec(name);
    if (number === null) return letters[name.toLowerCase()] ?? entity;
    const code = Number.parseInt(number[2] ?? '', number[1] === '' ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
