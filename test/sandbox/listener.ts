import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { certificates } from './certificates.ts';

/** A host of the sandbox that listens. */
export interface Listener {
  /** `https://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Stops listening and cuts every connection, as when a host goes down. */
  close(): Promise<void>;
}

/**
 * Listens with TLS on the loopback address; port 0 means any free one.
 * Throws an error that names the host and the port if the port is in use.
 */
export async function listen(app: Express, name: string, port: number): Promise<Listener> {
  const { key, cert } = await certificates();
  const server = createServer({ key, cert }, app);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await started(server, name, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`The sandbox's ${name} has no port`);
  return { url: `https://127.0.0.1:${address.port}`, close: () => closed(server, sockets) };
}

function started(server: Server, name: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message;
      reject(new Error(`The sandbox's ${name} cannot listen on 127.0.0.1:${port}: ${why}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    for (const socket of sockets) socket.destroy();
  });
}
