/** Whether a port can be had. */
import { createServer } from 'node:net';

/** Somebody else listens where the demo wants to. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/** Resolves if nobody listens on the port of the loopback address. Throws `PortInUseError`, which names the port. */
export async function demandFreePort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(new Error(`Port ${port} cannot be used.`, { cause }));
      const way = `Stop what listens there, or give another one: npm run demo -- --port ${port === 56_250 ? 56_350 : 56_250}`;
      reject(new PortInUseError(`Port ${port} is in use. ${way}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
