declare const brand: unique symbol;

/** A moment: milliseconds since 1970 UTC. The core never reads a clock; every moment is handed to it. */
export type Instant = number & { readonly [brand]: 'Instant' };

/** One second, in milliseconds. */
export const second = 1_000;
/** One minute, in milliseconds. */
export const minute = 60 * second;
/** One hour, in milliseconds. */
export const hour = 60 * minute;
/** One day, in milliseconds. */
export const day = 24 * hour;

/** The moment of a Date; undefined when the Date is invalid. */
export function instantOf(date: Date): Instant | undefined {
  const ms = date.getTime();
  return Number.isNaN(ms) ? undefined : (ms as Instant);
}

/** Reads an ISO 8601 date, also with Defender's 7 decimals; undefined when it is none. */
export function parseInstant(text: string): Instant | undefined {
  return instantOf(new Date(text));
}

/** `moment` moved by `ms` milliseconds, which may be negative. */
export function later(moment: Instant, ms: number): Instant {
  return (moment + ms) as Instant;
}
