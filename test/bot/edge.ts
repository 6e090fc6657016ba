/** The bot's whole edge in this process, against the sandbox: the real server, store and clients; jobs work once they are started. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { trustInThisProcess } from '../sandbox/certificates.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.ts';
import { type KeptLog, keptLog } from '../src/adapters/defender/wire-server.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';

/** A running edge. */
export interface Edge {
  readonly sandbox: Sandbox;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly log: KeptLog;
  /** Names of what went over the sandbox's wires since that mark, but for what people do themselves and the signing keys. */
  calledOut(mark: number): readonly string[];
  startJobs(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it. `environment` adds to what the sandbox wants, and takes away what it says is undefined. */
export async function startEdge(
  environment: (sandbox: Sandbox) => Readonly<Record<string, string | undefined>> = () => ({}),
  options: SandboxOptions = {},
): Promise<Edge> {
  await trustInThisProcess();
  const sandbox = await startSandbox(options);
  const reading = readConfig({
    ...sandbox.environment(),
    METRICS_PORT: '0',
    DATABASE_URL: await freshDatabase(),
    ...environment(sandbox),
  });
  assert.ok(reading.ok);
  const log = keptLog();
  const collector = await compose(reading.config, log, new URL('../../dist/', import.meta.url));
  collector.server.listen(0, '127.0.0.1');
  await once(collector.server, 'listening');
  await collector.warmUp();
  const url = `http://127.0.0.1:${portOf(collector.server.address())}`;
  sandbox.setBotUrl(`${url}/api/messages`);
  return {
    sandbox,
    url,
    log,
    calledOut: (mark) =>
      sandbox.journal.events
        .filter(({ sequence, name }) => sequence > mark && !/^(?:client|conversation|botFramework)\./.test(name))
        .map(({ name }) => name),
    startJobs: () => collector.startJobs(),
    close: async () => {
      collector.server.closeAllConnections();
      collector.server.close();
      await collector.stop();
      await sandbox.stop();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
