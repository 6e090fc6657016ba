/** The process' clock, by which tokens are judged. */
import { nowIn } from '../../src/adapters/store/database-time.ts';
import { ClockOff, createClockCheck, frameworkTime } from '../clock-check.ts';
import { type Finding, failed, notChecked, ok } from './finding.ts';
import type { Site } from './site.ts';

/** Compares it with the database's and the Bot Framework's, as the bot itself does. */
export async function clock({ config, database }: Site): Promise<Finding> {
  const opened = await database();
  // That it cannot be reached is told by the step of its keys.
  const framework = await frameworkTime(config.botFramework.openIdMetadata).catch(() => undefined);
  const { db } = opened.kind === 'open' && !opened.isEmbedded ? opened : { db: undefined };
  if (framework === undefined && db === undefined) {
    return notChecked('Neither database nor Bot Framework told the time.', 'Make one of them answer, and look again.');
  }
  const check = createClockCheck({
    now: Date.now,
    monotonic: () => performance.now(),
    // An embedded database has this very clock.
    databaseNow: async () => (db === undefined ? Date.now() : await nowIn(db)),
    frameworkNow: async () => framework ?? Date.now(),
  });
  try {
    await check.check();
  } catch (error) {
    if (!(error instanceof ClockOff)) throw error;
    return failed(`${capitalised(error.message)}: nobody is let in.`, 'Set it right, and keep it right by NTP.');
  }
  const whose = [
    ...(db === undefined ? [] : ['the database']),
    ...(framework === undefined ? [] : ['the Bot Framework']),
  ];
  return ok(`It agrees with that of ${whose.join(' and ')}, within 5 min.`);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
