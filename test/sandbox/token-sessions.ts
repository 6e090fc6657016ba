import { randomInt } from 'node:crypto';
import { botApp } from './app.ts';
import type { AssertionChanges, EntraTokens, IssuedToken } from './entra-tokens.ts';
import type { Person } from './people.ts';

/** Whose token a question is about: the service keeps one per user id, connection and channel. */
export interface Slot {
  readonly userId: string;
  readonly connectionName: string;
  readonly channelId: string;
}

/** A person's session behind a slot: the service renews the token from it, as with a refresh token. */
export interface Session {
  readonly person: Person;
  readonly changes: AssertionChanges;
  readonly issued: IssuedToken;
}

/** A token with less than this before its end is renewed, in seconds; the sandbox's choice. */
const nearEnd = 300;

/** The sessions that the Token Service holds, and those that wait for the code of their sign-in. */
export class TokenSessions {
  readonly #tokens: EntraTokens;
  readonly #sessions = new Map<string, Session>();
  readonly #waiting = new Map<string, Session>();

  constructor(tokens: EntraTokens) {
    this.#tokens = tokens;
  }

  /** A new session of a person, with a token. */
  async begin(person: Person, changes: AssertionChanges): Promise<Session> {
    return { person, changes, issued: await this.#tokens.assertion(person, changes) };
  }

  keep(slot: Slot, session: Session): void {
    this.#sessions.set(keyOf(slot), session);
  }

  /** Keeps the session until the code, which is returned, comes back. */
  keepForCode(slot: Slot, session: Session): string {
    const code = String(randomInt(100_000, 1_000_000));
    this.#waiting.set(`${keyOf(slot)}|${code}`, session);
    return code;
  }

  /** A code works once, and for the user alone for whom the bot asked for the link. */
  redeem(slot: Slot, code: string): Session | undefined {
    const key = `${keyOf(slot)}|${code}`;
    const session = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (session) this.keep(slot, session);
    return session;
  }

  /** The session of a slot, with a token that does not end soon. */
  async current(slot: Slot): Promise<Session | undefined> {
    const session = this.#sessions.get(keyOf(slot));
    if (!session || session.issued.expiresAt - Date.now() / 1000 >= nearEnd) return session;
    const renewed = await this.begin(session.person, session.changes);
    this.keep(slot, renewed);
    return renewed;
  }

  has(slot: Slot): boolean {
    return this.#sessions.has(keyOf(slot));
  }

  drop(slot: Slot): void {
    this.#sessions.delete(keyOf(slot));
  }
}

/** The slot that a query of the Token Service means. */
export function slotOf(query: URLSearchParams): Slot {
  return {
    userId: query.get('userId') ?? '',
    connectionName: query.get('connectionName') ?? botApp.connectionName,
    channelId: query.get('channelId') ?? 'msteams',
  };
}

/** The slot where a person's token for our bot in Teams belongs. */
export function ownSlot(person: Person): Slot {
  return { userId: person.teamsId, connectionName: botApp.connectionName, channelId: 'msteams' };
}

function keyOf({ userId, connectionName, channelId }: Slot): string {
  return [userId, connectionName, channelId].join('|');
}
