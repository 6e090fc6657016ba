/** What the headers of a refusal say. */
import { minute, second } from '../../domain/instant.ts';

/** Nobody is made to wait longer by a header. */
const longestWait = 10 * minute;

/**
 * `Retry-After` in milliseconds, in seconds or as a date, between 1 second and 10 minutes; undefined when there is none
 * that can be read. A date is measured by the answer's own `Date`, so that our clock does not matter.
 * @param now milliseconds since 1970, for an answer without `Date`
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * second : untilDate(text, headers.get('date'), now);
  return wait === undefined ? undefined : Math.min(Math.max(wait, second), longestWait);
}

function untilDate(text: string, date: string | null, now: number): number | undefined {
  // An HTTP date names its day and month; Date.parse alone would take a bare number for a year.
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const answered = Date.parse(date ?? '');
  return at - (Number.isNaN(answered) ? now : answered);
}
