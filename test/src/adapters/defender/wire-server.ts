import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import type { Log, LogFields } from '../../../../src/ports.ts';

/** A request as the server got it. */
export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on loopback that a test answers for. */
export interface WireServer {
  readonly url: string;
  readonly port: number;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/** What the test does with a request; it may destroy the socket. */
export type Answerer = (response: ServerResponse, heard: Heard, count: number) => void;

/** Starts an HTTP server; with `tls` an HTTPS server of that certificate. */
export async function wireServer(
  answer: Answerer,
  tls?: { readonly key: string; readonly cert: string },
): Promise<WireServer> {
  const heard: Heard[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const now = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      heard.push(now);
      answer(response, now, heard.length);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  return { ...(await started(server, tls === undefined ? 'http' : 'https')), heard };
}

/** Starts a bare TCP server that does `meet` with every connection. */
export async function socketServer(meet: (socket: Socket) => void, scheme: 'http' | 'https'): Promise<WireServer> {
  return { ...(await started(createNetServer(meet), scheme)), heard: [] };
}

async function started(server: Server | NetServer, scheme: 'http' | 'https'): Promise<Omit<WireServer, 'heard'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = addressOf(server);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function addressOf(server: Server | NetServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address;
}

/** Answers JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  readonly lines: readonly {
    readonly level: 'info' | 'warn' | 'error';
    readonly fields: LogFields;
    readonly message: string;
  }[];
}

/** A log for tests. */
export function keptLog(): KeptLog {
  const lines: { level: 'info' | 'warn' | 'error'; fields: LogFields; message: string }[] = [];
  return {
    lines,
    info: (fields, message) => lines.push({ level: 'info', fields, message }),
    warn: (fields, message) => lines.push({ level: 'warn', fields, message }),
    error: (fields, message) => lines.push({ level: 'error', fields, message }),
  };
}
