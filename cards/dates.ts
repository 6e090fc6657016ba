import { day, hour, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Catalogue } from './language/catalogue.ts';

/** A moment as card functions: each reader sees their own time zone and their own way to write it. */
export function cardMoment(at: Instant): string {
  const iso = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return `{{DATE(${iso}, SHORT)}}, {{TIME(${iso})}}`;
}

/** A moment where no card function works: in a message, or read aloud. `2026-03-02 03:12 UTC`. */
export function plainMoment(at: Instant): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** How long something took, in at most two units: `45 s`, `3 min 20 s`, `2 h 5 min`, `1 d 4 h`. Never negative. */
export function duration({ dates }: Catalogue, ms: number): string {
  const whole = Math.max(0, Math.round(ms / second)) * second;
  if (whole < minute) return `${whole / second} ${dates.second}`;
  if (whole < hour) return two(whole, minute, dates.minute, second, dates.second);
  return whole < day
    ? two(whole, hour, dates.hour, minute, dates.minute)
    : two(whole, day, dates.day, hour, dates.hour);
}

function two(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)} ${bigUnit}${rest === 0 ? '' : ` ${rest} ${smallUnit}`}`;
}
