import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import type { JsonObject } from './json.ts';
import type { Operation } from './operations.ts';

/** Things that happen without a request of their own. */
export type Happening =
  | 'connector.activity.created'
  | 'connector.activity.updated'
  | 'connector.activity.deleted'
  | 'client.activity.sent'
  | 'client.activity.answered'
  | 'client.reaction.failed'
  | 'defender.action.created'
  | 'defender.action.changed'
  | 'tokenService.signIn.completed';

/** Every request gives two events, when it came in and when its answer went out. */
export type EventName = `${Operation}.received` | `${Operation}.answered` | Happening;

/** One line of the journal. `at` is in milliseconds since 1970. Data never holds a token, a secret or a sign-in code. */
export interface WireEvent {
  readonly sequence: number;
  readonly at: number;
  readonly name: EventName;
  readonly data: JsonObject;
}

/** Which events a caller wants. */
export type EventPredicate = (event: WireEvent) => boolean;

/** How to wait: a time-out in milliseconds (default 20,000), and the sequence number after which to look (default 0: from the beginning). */
export interface WaitOptions {
  readonly timeoutMs?: number;
  readonly after?: number;
}

/** Everything that went over the sandbox's wires, in order. */
export class Journal {
  readonly #events: WireEvent[] = [];
  readonly #listeners = new EventEmitter().setMaxListeners(0);

  /** The events so far, oldest first. */
  get events(): readonly WireEvent[] {
    return this.#events;
  }

  /** The sequence number of the last event: give it as `after` to wait for something newer. */
  get mark(): number {
    return this.#events.length;
  }

  add(name: EventName, members: JsonObject): void {
    const data = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    const event: WireEvent = { sequence: this.#events.length + 1, at: Date.now(), name, data };
    this.#events.push(event);
    this.#listeners.emit('event', event);
  }

  /** The events of one name, oldest first, optionally only those that the predicate accepts. */
  all(name: EventName, predicate: EventPredicate = () => true): readonly WireEvent[] {
    return this.#events.filter((event) => event.name === name && predicate(event));
  }

  /** Calls the listener for each event from now on; the returned function ends that. */
  listen(listener: (event: WireEvent) => void): () => void {
    this.#listeners.on('event', listener);
    return () => this.#listeners.off('event', listener);
  }

  /**
   * The first event of that name which the predicate accepts, whether it has happened already or will.
   * Rejects after the time-out with the tail of the journal.
   */
  async next(name: EventName, predicate: EventPredicate = () => true, options: WaitOptions = {}): Promise<WireEvent> {
    const wanted: EventPredicate = (event) =>
      event.name === name && event.sequence > (options.after ?? 0) && predicate(event);
    return this.until(() => this.#events.find(wanted), `event ${name}`, options.timeoutMs);
  }

  /**
   * Resolves with what `look` finds, asked now and after each event. Rejects after the time-out, naming what was awaited,
   * with the tail of the journal and what `explain` adds.
   */
  until<Found>(
    look: () => Found | undefined,
    awaited: string,
    timeoutMs = 20_000,
    explain: () => string = () => '',
  ): Promise<Found> {
    const found = look();
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        stop();
        finish();
      };
      const timer = setTimeout(() => {
        const message = `Waited ${timeoutMs} ms for ${awaited}.\n${explain()}Last events:\n${this.tail()}`;
        settle(() => reject(new Error(message)));
      }, timeoutMs);
      const stop = this.listen(() => {
        try {
          const result = look();
          if (result !== undefined) settle(() => resolve(result));
        } catch (error) {
          settle(() => reject(error));
        }
      });
    });
  }

  /** The last events as text, one a line. */
  tail(count = 25): string {
    return this.#events
      .slice(-count)
      .map(
        (event) =>
          `${String(event.sequence).padStart(4)} ${event.name} ${inspect(event.data, { breakLength: Infinity, depth: 4 })}`,
      )
      .join('\n');
  }
}
