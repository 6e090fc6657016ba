/** Ends the process in good order, within the 10 s that it is given. */
import { once } from 'node:events';
import type { Log } from '../src/ports.ts';
import type { Collector } from './compose.ts';
import { within } from './deadline.ts';

/** A click is answered within 4.5 s; whoever has not sent their request by then is cut off. */
const patienceWithRequests = 5_000;
/** Requests and jobs together; closing the store comes after that. */
const patienceWithWork = 8_500;
/** All of it. What keeps the process up for longer is abandoned: another process takes it over as after a crash. */
const patience = 9_500;

/** Resolves when the process is asked to stop. Call it once, before anything is started. */
export async function stopAsked(): Promise<undefined> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}

/**
 * Takes no new requests and answers those under way; takes no new jobs, waits for those at work, and gives back the rest;
 * closes the store. Never throws: what went wrong is in the log.
 */
export async function stopInTime({ server, stop }: Collector, log: Log): Promise<void> {
  const until = performance.now() + patienceWithWork;
  const work = async () => {
    const answered = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await within(patienceWithRequests, 'a request under way', answered).catch((err: unknown) => {
      log.warn({ err }, 'a request is cut off');
      server.closeAllConnections();
    });
    await stop(Math.max(0, until - performance.now()));
  };
  try {
    await within(patience, 'the end of all work', work());
    log.info({}, 'stopped');
  } catch (err) {
    log.error({ err }, 'stopped, but not in good order');
  }
}
