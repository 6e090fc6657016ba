import { z } from 'zod';

/** A text that one of the domain's parsers must accept. */
export function parsedBy<Id>(what: string, parse: (text: string) => Id | undefined) {
  return z.string().transform((text, context): Id => {
    const id = parse(text);
    if (id !== undefined) return id;
    context.issues.push({ code: 'custom', message: `not a ${what}`, input: text });
    return z.NEVER;
  });
}
