/** The production server: configured by the environment only; stops on SIGTERM and SIGINT. */
import { once } from 'node:events';
import type { Log } from '../src/ports.ts';
import { type Config, readConfig } from './config.ts';
import { faultsText } from './config-reader.ts';
import { createLog } from './log.ts';

const reading = readConfig(process.env);
if (reading.ok) await start(reading.config);
else {
  process.stderr.write(faultsText(reading.faults));
  process.exitCode = 2;
}

/** Ends the process when it cannot start: a port in use, a store that another process has, a database that is away. */
async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody saw it'));
  for (const variable of config.unused) log.warn({ variable }, 'is set, but this version does not use it');
  try {
    await run(config, log);
  } catch (err) {
    log.error({ err }, 'cannot go on');
    process.exit(1);
  }
}

async function run(config: Config, log: Log): Promise<void> {
  // Only now: whoever mistyped a variable need not wait until the libraries are loaded.
  const { compose } = await import('./compose.ts');
  const collector = await compose(config, log);
  const { server } = collector;
  server.listen(config.port, config.host);
  await once(server, 'listening');
  log.info({ address: server.address() }, 'listening');
  await collector.startJobs();
  log.info({}, 'working');
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info({}, 'stopping');
  server.close();
  server.closeIdleConnections();
  await collector.stop();
  server.closeAllConnections();
  log.info({}, 'stopped');
}
