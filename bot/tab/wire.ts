/** What page and server say to each other. The page bundles this, so it parses with the small zod. */
import * as z from 'zod/mini';

const tints = ['emphasis', 'accent', 'good', 'warning', 'attention'] as const;

const row = z.readonly(
  z.object({
    /** What the row is; two rows of one request open the same card. */
    id: z.string(),
    /** What to open: a `cardId`. */
    opens: z.string(),
    device: z.string(),
    status: z.readonly(z.object({ icon: z.string(), word: z.string(), tint: z.enum(tints) })),
    who: z.string(),
    reason: z.string(),
    /** Milliseconds since 1970. */
    at: z.number(),
  }),
);
/** A row of the list. */
export type TabRow = z.infer<typeof row>;

/** What the API answers to a list. */
export const listAnswer = z.readonly(
  z.object({
    rows: z.readonly(z.array(row)),
    /** There is more than is shown. */
    isCut: z.boolean(),
    /** Defender could not be asked, so this is what was known last: in the Markdown of our messages. */
    note: z.optional(z.string()),
    /** Somebody has to sign in before Defender can be asked. */
    needsSignIn: z.boolean(),
  }),
);
/** The list. */
export type TabList = z.infer<typeof listAnswer>;

/** What the API answers to an opened row and to a pressed button. */
export const cardAnswer = z.discriminatedUnion('kind', [
  /** An Adaptive Card takes the place of the one before. */
  z.object({ kind: z.literal('card'), card: z.looseObject({ type: z.literal('AdaptiveCard') }) }),
  /** A line beside it, in the Markdown of our messages. */
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
/** The answer. */
export type CardAnswer = z.infer<typeof cardAnswer>;

/** What the page sends when a button is pressed: the button's own verb and data, parsed once more where they are used. */
export const pressed = z.object({ verb: z.string(), data: z.looseObject({}) });
/** A pressed button. */
export type Pressed = z.infer<typeof pressed>;

/** Why the API let nobody in, or took no more: the body of a 4xx or 5xx. */
export const refusalAnswer = z.object({ message: z.string() });

/** The filters, as the query of a list; moments in milliseconds since 1970. */
export const listQuery = z.object({
  from: z.coerce.number().check(z.int(), z.nonnegative()),
  to: z.optional(z.coerce.number().check(z.int(), z.nonnegative())),
  stage: z.optional(z.enum(['open', 'succeeded', 'failed', 'stopped'])),
  device: z.optional(z.string().check(z.maxLength(300))),
  person: z.optional(z.string().check(z.maxLength(300))),
  /** Nobody has asked for it: the page only keeps itself up to date. */
  unasked: z.optional(z.literal('yes')),
});
/** The filters. */
export type ListQuery = z.infer<typeof listQuery>;
