declare const brand: unique symbol;

/** Why a package is collected: one clean line of 1 to 1,000 characters, as it goes into Defender's Comment. */
export type Reason = string & { readonly [brand]: 'Reason' };

/** Our own cap. No limit for Comment is documented (defender-api, trap 9). */
export const longestReason = 1_000;

/** What became of a typed reason. */
export type ReasonCheck =
  | { readonly ok: true; readonly reason: Reason }
  | { readonly ok: false; readonly why: 'missing' }
  | { readonly ok: false; readonly why: 'tooLong'; readonly length: number };

/**
 * Cleans a typed reason: control characters, direction marks and other invisible format characters go,
 * white space becomes single blanks, and a hand-typed `[ref` or `[asked by` loses its bracket so that nobody can claim
 * a machine action as ours, or an approval that nobody gave.
 */
export function parseReason(text: string): ReasonCheck {
  const clean = oneCleanLine(text);
  const length = [...clean].length;
  if (length === 0) return { ok: false, why: 'missing' };
  if (length > longestReason) return { ok: false, why: 'tooLong', length };
  return { ok: true, reason: clean as Reason };
}

/** A line for Defender's Comment: nothing invisible in it, and nothing that reads as what only the bot writes there. */
export function oneCleanLine(text: string): string {
  return (
    text
      .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
      .replace(/[\p{Cc}\p{Z}\s]+/gu, ' ')
      // Looked for only where a run of brackets begins: else a long run would be read once from each of its brackets.
      .replace(/(?<!\[ ?)\[[[ ]*(?=ref|asked by)/giu, '')
      .trim()
  );
}
