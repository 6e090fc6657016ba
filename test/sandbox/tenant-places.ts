import { Conversation } from './conversations.ts';
import type { Journal } from './journal.ts';
import { gus, lena, mia, omar, type Person, people } from './people.ts';

const teamId = '19:team-security-operations@thread.tacv2';

/** Where people of the tenant talk. 1:1 chats with the bot are made on first use, always the same for the same person. */
export class Places {
  /** The channel 'Incidents' of the team 'Security Operations'; everybody of the tenant is a member. */
  readonly channel: Conversation;
  /** The channel 'Joint response' of the same team, where a guest reads along. */
  readonly mixedChannel: Conversation;
  /** A group chat of Mia, Omar and Lena. */
  readonly groupChat: Conversation;
  readonly #personal = new Map<string, Conversation>();
  readonly #journal: Journal;
  #lastId = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.channel = new Conversation(journal, {
      id: '19:incidents0a1b2c3d4e5f@thread.tacv2',
      kind: 'channel',
      name: 'Security Operations / Incidents',
      members: [mia, omar, lena],
      teamId,
    });
    this.mixedChannel = new Conversation(journal, {
      id: '19:jointresponse9a8b7c6d@thread.tacv2',
      kind: 'channel',
      name: 'Security Operations / Joint response',
      members: [mia, omar, gus],
      teamId,
    });
    this.groupChat = new Conversation(journal, {
      id: '19:9f8e7d6c5b4a@thread.v2',
      kind: 'groupChat',
      name: 'Night shift',
      members: [mia, omar, lena],
      teamId: undefined,
    });
  }

  /** The 1:1 chat of a person with the bot. */
  personal(person: Person): Conversation {
    const known = this.#personal.get(person.oid);
    if (known) return known;
    const made = new Conversation(this.#journal, {
      id: `a:1${person.key}-o2Zx8vQpR`,
      kind: 'personal',
      name: `${person.name} and Collector`,
      members: [person],
      teamId: undefined,
    });
    this.#personal.set(person.oid, made);
    return made;
  }

  /** Every conversation there is. */
  get all(): readonly Conversation[] {
    return [this.channel, this.mixedChannel, this.groupChat, ...this.#personal.values()];
  }

  /** The conversation with this id, where the id may carry `;messageid=`. */
  find(id: string): Conversation | undefined {
    const [bare] = id.split(';');
    const known = this.all.find((conversation) => conversation.id === bare);
    if (known) return known;
    const owner = people.find((person) => bare === `a:1${person.key}-o2Zx8vQpR`);
    return owner && this.personal(owner);
  }

  /** A new activity id: milliseconds since 1970, as Teams has them, never twice. */
  newActivityId(): string {
    this.#lastId = Math.max(Date.now(), this.#lastId + 1);
    return String(this.#lastId);
  }
}
