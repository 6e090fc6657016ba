/** What one person sees of their own request, cheap to ask after each of thousands of events. */
import { actionsOf } from '../sandbox/card-reading.ts';
import { type Conversation, contentOf, type Message } from '../sandbox/conversations.ts';
import type { Journal } from '../sandbox/journal.ts';
import type { JsonObject } from '../sandbox/json.ts';
import type { Person } from '../sandbox/people.ts';

/** Reading a card is dear, and it stays as it is until it is edited. */
const contents = new WeakMap<JsonObject, string>();

/** The cards of a request, told by its reason, which nobody else gives. */
export class Watch {
  readonly #journal: Journal;
  readonly #conversation: Conversation;
  readonly #reason: string;
  readonly #from: number;

  constructor(journal: Journal, conversation: Conversation, reason: string) {
    this.#journal = journal;
    this.#conversation = conversation;
    this.#reason = reason;
    this.#from = conversation.messages.length;
  }

  /** The message by which the request was asked for. */
  asked(person: Person): Message | undefined {
    return this.#since().find((message) => message.from === person && message.text.includes(this.#reason));
  }

  /** The newest card that has one of these buttons, for this person's eyes. */
  withButton(person: Person, ...titles: readonly string[]): Message | undefined {
    return this.#since().findLast((message) => {
      if (message.from !== 'bot' || message.deleted || !read(message.activity).includes(this.#reason)) return false;
      return titlesOf(message.cardFor(person)).some((title) => titles.includes(title));
    });
  }

  /** The same, as soon as there is one; undefined when none comes in time. */
  async button(person: Person, titles: readonly string[], patienceMs: number): Promise<Message | undefined> {
    const look = () => this.withButton(person, ...titles);
    return await this.#journal.until(look, `a card with ${titles.join(' or ')}`, patienceMs).catch(() => undefined);
  }

  #since(): readonly Message[] {
    return this.#conversation.messages.slice(this.#from);
  }
}

/** The titles of a card's buttons. */
export function titlesOf(card: JsonObject | undefined): readonly string[] {
  return card === undefined ? [] : actionsOf(card).map(({ title }) => title);
}

function read(activity: JsonObject): string {
  const known = contents.get(activity);
  if (known !== undefined) return known;
  const content = contentOf(activity);
  contents.set(activity, content);
  return content;
}
