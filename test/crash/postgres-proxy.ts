/** Stands between the bot and PostgreSQL, understands what is asked, and can hold a statement, or its answer, back. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ClientStream, type Parcel, ServerStream, type Statement } from './postgres-messages.ts';

/** A statement, and what its connection has executed since the BEGIN of its transaction. */
export interface Asked {
  readonly statement: Statement;
  /** Empty outside a transaction. */
  readonly before: readonly Statement[];
}

/**
 * `sent`: the server never sees the statement. `answered`: it has executed it, the client never learns.
 * `gave rows`: the same, and only an answer with rows in it counts.
 */
export type StatementMoment = 'sent' | 'answered' | 'gave rows';

/** What is to be held back: the first statement that satisfies this. */
export interface Hold {
  readonly moment: StatementMoment;
  readonly meets: (asked: Asked) => boolean;
}

/** A proxy that listens. */
export interface PostgresProxy {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** Called with every statement that comes by. */
  watch(watcher: (asked: Asked) => void): void;
  /**
   * Holds back, once, what satisfies this; that connection stands still from then on, until its client is gone.
   * Resolves when it has happened.
   */
  hold(hold: Hold): Promise<void>;
  /** Takes back a hold that nothing has met. */
  letGo(): void;
  close(): Promise<void>;
}

/** Starts a proxy before a server. */
export async function startProxy(serverUrl: string): Promise<PostgresProxy> {
  const url = new URL(serverUrl);
  const server = { port: Number(url.port), host: url.hostname };
  const traffic = new Traffic();
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(server);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    serve(traffic, client, upstream);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url.port = String(portOf(listener.address()));
  return {
    url: url.href,
    watch: (watcher) => traffic.watchers.push(watcher),
    hold: (hold) => traffic.hold(hold),
    letGo: () => traffic.letGo(),
    close: async () => {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}

/** A hold that waits for what satisfies it. */
interface Armed extends Hold {
  readonly reached: () => void;
}

/** What all connections of one proxy share. */
class Traffic {
  readonly watchers: ((asked: Asked) => void)[] = [];
  #armed: Armed | undefined;

  hold(hold: Hold): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#armed = { ...hold, reached: resolve };
    return promise;
  }

  letGo(): void {
    this.#armed = undefined;
  }

  /** The hold that this statement may meet. */
  candidate(asked: Asked): Armed | undefined {
    for (const watcher of this.watchers) watcher(asked);
    return this.#armed?.meets(asked) === true ? this.#armed : undefined;
  }

  /** The statement has met it. False when another connection was first. */
  meet(armed: Armed): boolean {
    if (this.#armed !== armed) return false;
    this.#armed = undefined;
    armed.reached();
    return true;
  }
}

/** Passes on what the two say. A dead side ends the other, as a network does. */
function serve(traffic: Traffic, client: Socket, upstream: Socket): void {
  const [asks, answers] = [new ClientStream(), new ServerStream()];
  let before: readonly Statement[] = [];
  let candidate: Armed | undefined;
  let kept: Buffer[] = [];
  let isStill = false;
  const send = ({ bytes, statement }: Parcel) => {
    if (statement !== undefined) {
      candidate = traffic.candidate({ statement, before });
      before = transactionAfter(before, statement);
      if (candidate?.moment === 'sent') isStill = traffic.meet(candidate);
    }
    if (!isStill) upstream.write(bytes);
  };
  const answer = (chunk: Buffer) => {
    const ended = answers.take(chunk);
    if (candidate === undefined || candidate.moment === 'sent') {
      client.write(chunk);
      return;
    }
    kept.push(chunk);
    if (ended.length === 0) return;
    const isMet = candidate.moment === 'answered' || ended.some((rows) => rows > 0);
    isStill = isMet && traffic.meet(candidate);
    candidate = undefined;
    if (!isStill) client.write(Buffer.concat(kept));
    kept = [];
  };
  client.on('data', (chunk) => {
    for (const parcel of asks.take(chunk)) if (!isStill) send(parcel);
  });
  upstream.on('data', (chunk) => {
    if (!isStill) answer(chunk);
  });
  link(client, upstream);
  link(upstream, client);
}

function link(one: Socket, other: Socket): void {
  one.setNoDelay(true);
  // A killed process resets its connections: that is what this proxy is for. 'close' follows.
  one.on('error', () => one.destroy());
  one.on('close', () => other.destroy());
}

/** pg-boss sends whole transactions as one text; those leave none open. */
function transactionAfter(before: readonly Statement[], statement: Statement): readonly Statement[] {
  if (/^\s*begin\s*;?\s*$/i.test(statement.sql)) return [statement];
  if (/^\s*(commit|rollback)\s*;?\s*$/i.test(statement.sql)) return [];
  return before.length === 0 ? before : [...before, statement];
}
