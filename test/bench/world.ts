/** What all contestants have in common: the clouds around them, the people who write, and one signed token. */
import { createHash } from 'node:crypto';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { Crowd } from './crowd.ts';
import { type LeanConnector, openLeanConnector } from './lean-connector.ts';

/** Everything beside the bots. It runs in the process of the bench. */
export interface World {
  /** Entra, the Bot Framework's keys, the Token Service and Defender; its own connector is for the few who click. */
  readonly sandbox: Sandbox;
  readonly connector: LeanConnector;
  readonly crowd: Crowd;
  /** The header of each activity: the Bot Framework's token is the same for an hour. */
  readonly authorization: string;
  /** What any bot needs to be told: who it is, and where the clouds are. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** For each click another one: on a device runs one collection at a time. */
export const devices: readonly Device[] = Array.from({ length: 500 }, (_, place) => ({
  ...fineDevice,
  id: createHash('sha1').update(`bench ${place}`).digest('hex'),
  computerDnsName: `ws-bench-${String(place).padStart(4, '0')}.contoso.example`,
  progress: { pendingMs: 400, inProgressMs: 1_000, end: 'Succeeded' },
}));

/** Opens all of it, on loopback. */
export async function openWorld(): Promise<World> {
  const sandbox = await startSandbox({ devices });
  const connector = await openLeanConnector(sandbox.entra.tokens, Crowd.members);
  const authorization = await sandbox.botFramework.authorization(connector.serviceUrl);
  if (authorization === undefined) throw new Error('the Bot Framework signed nothing');
  await sandbox.tokenService.signIn(mia);
  const ownHosts = sandbox.environment();
  return {
    sandbox,
    connector,
    crowd: new Crowd(connector.serviceUrl),
    authorization,
    environment: { ...ownHosts, SERVICE_URL_HOSTS: `${connector.host},${ownHosts.SERVICE_URL_HOSTS}` },
    close: async () => {
      await connector.close();
      await sandbox.stop();
    },
  };
}
