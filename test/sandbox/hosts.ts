import type { Express } from 'express';
import { type Listener, listen } from './listener.ts';
import type { Wire } from './wire.ts';

/** A host of the cloud: it has an address, routes, and may go down. */
export interface Host extends Listener {
  readonly app: Express;
}

/** The hosts of the cloud. */
export type Hosts = Readonly<Record<'entra' | 'botFramework' | 'connector' | 'tokenService' | 'defender', Host>>;

/** Opens all hosts: on five ports in a row from the first one on, or on any free ones. Throws if a port is in use. */
export async function openHosts(wire: Wire, firstPort: number | undefined): Promise<Hosts> {
  const opened: Host[] = [];
  const open = async (name: string): Promise<Host> => {
    const app = wire.host();
    const port = firstPort === undefined ? 0 : firstPort + opened.length;
    const host = { app, ...(await listen(app, name, port)) };
    opened.push(host);
    return host;
  };
  try {
    return {
      entra: await open('Entra'),
      botFramework: await open('Bot Framework'),
      connector: await open('Bot Connector'),
      tokenService: await open('Token Service'),
      defender: await open('Defender'),
    };
  } catch (error) {
    await Promise.all(opened.map((host) => host.down()));
    throw error;
  }
}
