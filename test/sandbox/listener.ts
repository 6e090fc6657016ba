import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { certificates } from './certificates.ts';

/** A host of the sandbox that listens. */
export interface Listener {
  /** `https://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Cuts every connection and refuses new ones. Calling it again changes nothing. */
  down(): Promise<void>;
  /** Listens again, on the same port. */
  up(): Promise<void>;
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
  return {
    url: `https://127.0.0.1:${address.port}`,
    down: () => stopped(server, sockets),
    up: () => started(server, name, address.port),
  };
}

function started(server: Server, name: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message;
      reject(new Error(`The sandbox's ${name} cannot listen on 127.0.0.1:${port}: ${why}`, { cause }));
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function stopped(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    for (const socket of sockets) socket.destroy();
  });
}
