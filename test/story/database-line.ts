/** The line between the bot and PostgreSQL: it can be cut, be dead, or fall silent, as at a fail-over or behind a firewall. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** How the line is. `silent`: what was sent is lost, and new connections get no word; nobody is told. */
type State = 'open' | 'down' | 'silent';

/** A line that listens. */
export class DatabaseLine {
  /** The server's URL, by way of this line. */
  readonly url: string;
  readonly #listener: ReturnType<typeof createServer>;
  readonly #sockets = new Set<Socket>();
  #state: State = 'open';

  private constructor(url: string, listener: ReturnType<typeof createServer>) {
    this.url = url;
    this.#listener = listener;
  }

  static async before(serverUrl: string): Promise<DatabaseLine> {
    const url = new URL(serverUrl);
    const server = { port: Number(url.port), host: url.hostname };
    const listener = createServer((client) => line.#serve(client, server));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('the line has no port');
    url.port = String(address.port);
    const line = new DatabaseLine(url.href, listener);
    return line;
  }

  /** Resets every connection; new ones get through. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Resets every connection, and each new one at once. */
  goDown(): void {
    this.#state = 'down';
    this.cut();
  }

  /** Connections of now never hear anything again. */
  fallSilent(): void {
    this.#state = 'silent';
    for (const socket of this.#sockets) socket.pause();
  }

  /** New connections get through. */
  open(): void {
    this.#state = 'open';
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    this.cut();
    await closed;
  }

  #serve(client: Socket, server: { readonly port: number; readonly host: string }): void {
    if (this.#state === 'down') {
      client.resetAndDestroy();
      return;
    }
    this.#keep(client);
    if (this.#state === 'silent') {
      client.pause();
      return;
    }
    const upstream = connect(server);
    this.#keep(upstream);
    pass(client, upstream);
    pass(upstream, client);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

function pass(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.on('data', (chunk) => to.write(chunk));
  from.once('close', () => to.destroy());
}
