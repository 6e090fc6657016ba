/** The production server: configured by the environment only; stops on SIGTERM and SIGINT. */
import { once } from 'node:events';
import { compose } from './compose.ts';
import { type Config, faultsText, readConfig } from './config.ts';
import { createLog } from './log.ts';

const reading = readConfig(process.env);
if (reading.ok) await run(reading.config);
else {
  process.stderr.write(faultsText(reading.faults));
  process.exitCode = 2;
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody saw it'));
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
