/** The server as a process: configured by the environment only; stops on SIGTERM and SIGINT. */
import { once } from 'node:events';
import type { Log } from '../src/ports.ts';
import { type Config, readConfig } from './config.ts';
import { faultsText } from './config-reader.ts';
import { createLog, logOutput } from './log.ts';
import { stopAsked, stopInTime } from './stop.ts';

/**
 * Reads the configuration, starts, and works until it is stopped. What is wrong with the configuration it says itself,
 * and ends with 2.
 *
 * @param dist the folder that `npm run build` writes
 */
export async function serve(dist: URL): Promise<void> {
  const reading = readConfig(process.env);
  if (reading.ok) return start(reading.config, dist);
  process.stderr.write(faultsText(reading.faults));
  process.exitCode = 2;
}

/** Ends the process when it cannot start: a port in use, a store that another process has, a database that is away. */
async function start(config: Config, dist: URL): Promise<void> {
  const log = createLog(config.logLevel, await logOutput(process.stdout.isTTY));
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody saw it'));
  // Node itself would print all of it: an error of a client library holds the request, with somebody's token.
  process.on('uncaughtException', (err) => {
    log.error({ err }, 'an error that nobody caught ends the process');
    process.exit(1);
  });
  const asked = stopAsked();
  log.info({}, 'starting');
  try {
    await run(config, dist, log, asked);
  } catch (err) {
    log.error({ err }, 'cannot go on');
    process.exit(1);
  }
  // A call that hangs would keep the process up, and nobody waits for its answer any more.
  process.exit(0);
}

async function run(config: Config, dist: URL, log: Log, asked: Promise<undefined>): Promise<void> {
  // Only now: whoever mistyped a variable need not wait until the libraries are loaded.
  const composed = import('./compose.ts').then(({ compose }) => compose(config, log, dist));
  const collector = await Promise.race([composed, asked]);
  if (collector === undefined) return log.info({}, 'stopped before it had begun');
  const { server } = collector;
  server.listen(config.port, config.host);
  await once(server, 'listening');
  log.info({ address: server.address() }, 'listening');
  const warm = collector.warmUp();
  await collector.startJobs();
  // Warming up ends by itself; a stop does not wait for it.
  await Promise.race([warm, asked]);
  log.info({}, 'working');
  await asked;
  log.info({}, 'stopping');
  await stopInTime(collector, log);
}
