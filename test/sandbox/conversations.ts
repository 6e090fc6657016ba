import { actionsOf, type CardAction, cardsOf, cardText } from './card-reading.ts';
import type { Journal } from './journal.ts';
import { type JsonObject, textOf } from './json.ts';
import type { Person } from './people.ts';

export type ConversationKind = 'channel' | 'groupChat' | 'personal';

/** A message that somebody can see, with all its edits. Made and changed by the connector and the Teams clients alone. */
export class Message {
  readonly id: string;
  readonly conversation: Conversation;
  /** The activity id of the root post; undefined outside channels. */
  readonly thread: string | undefined;
  readonly from: 'bot' | Person;
  readonly visibleTo: 'everyone' | Person;
  /** The activity as first posted, and after each edit. */
  readonly versions: JsonObject[];
  deleted = false;
  /** Cards that only the person with this object id sees in place of the shared one: answers to their clicks. */
  readonly ownViews = new Map<string, JsonObject>();

  constructor(conversation: Conversation, posted: Posted) {
    this.id = posted.id;
    this.conversation = conversation;
    this.thread = posted.thread;
    this.from = posted.from;
    this.visibleTo = posted.visibleTo;
    this.versions = [posted.activity];
  }

  /** The activity as it stands now. */
  get activity(): JsonObject {
    const latest = this.versions.at(-1);
    if (!latest) throw new Error(`Message ${this.id} has no version`);
    return latest;
  }

  /** The text of the message itself, without its cards. */
  get text(): string {
    return textOf(this.activity, 'text') ?? '';
  }

  get edited(): boolean {
    return this.versions.length > 1;
  }

  get cards(): readonly JsonObject[] {
    return cardsOf(this.activity);
  }

  /** All that a person reads: text and cards, buttons in brackets. */
  get content(): string {
    return contentOf(this.activity);
  }

  isSeenBy(person: Person): boolean {
    return this.visibleTo === person || (this.visibleTo === 'everyone' && this.conversation.members.includes(person));
  }

  /** The first card as this person sees it: their own view if a click was answered with one. */
  cardFor(person: Person): JsonObject | undefined {
    return this.ownViews.get(person.oid) ?? this.cards[0];
  }

  /** The first shared card of an earlier version; 0 is the first version. */
  cardAt(version: number): JsonObject | undefined {
    const activity = this.versions[version];
    return activity && cardsOf(activity)[0];
  }

  /** The buttons of the shared cards. */
  get actions(): readonly CardAction[] {
    return this.cards.flatMap(actionsOf);
  }

  /** The titles of the buttons of the shared cards, in order. */
  get buttons(): readonly string[] {
    return this.actions.map((action) => action.title);
  }
}

/** What a message is made of. */
export interface Posted {
  readonly id: string;
  readonly thread: string | undefined;
  readonly from: 'bot' | Person;
  readonly visibleTo: 'everyone' | Person;
  readonly activity: JsonObject;
}

/** What happened in a conversation, in order: for the transcript. */
export type LogEntry =
  | { readonly kind: 'posted' | 'edited'; readonly message: Message; readonly activity: JsonObject }
  | { readonly kind: 'deleted'; readonly message: Message }
  | { readonly kind: 'clicked'; readonly message: Message; readonly person: Person; readonly title: string }
  | { readonly kind: 'answered'; readonly message: Message; readonly person: Person; readonly answer: string };

/** Which message is wanted: content that contains a text, content that matches, or a test of the message. */
export type MessageQuery = string | RegExp | ((message: Message) => boolean);

/** A channel, a group chat or a 1:1 chat with the bot, as a readable record. */
export class Conversation {
  /** Without `;messageid=`. */
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name: string;
  readonly members: readonly Person[];
  /** The team's id; undefined outside channels. */
  readonly teamId: string | undefined;
  /** False: the bot was removed, the connector answers 403. */
  botInstalled = true;
  /** In the order in which they were posted. */
  readonly messages: Message[] = [];
  readonly log: LogEntry[] = [];
  readonly #journal: Journal;

  constructor(journal: Journal, place: Pick<Conversation, 'id' | 'kind' | 'name' | 'members' | 'teamId'>) {
    this.#journal = journal;
    this.id = place.id;
    this.kind = place.kind;
    this.name = place.name;
    this.members = place.members;
    this.teamId = place.teamId;
  }

  post(posted: Posted): Message {
    const message = new Message(this, posted);
    this.messages.push(message);
    this.log.push({ kind: 'posted', message, activity: posted.activity });
    return message;
  }

  /** Puts another activity in place of a message's. Everybody sees it, so views of one's own are gone. */
  edit(message: Message, activity: JsonObject): void {
    message.versions.push(activity);
    message.ownViews.clear();
    this.log.push({ kind: 'edited', message, activity });
  }

  delete(message: Message): void {
    message.deleted = true;
    this.log.push({ kind: 'deleted', message });
  }

  find(activityId: string): Message | undefined {
    return this.messages.find((message) => message.id === activityId && !message.deleted);
  }

  /** The messages of one thread, in order. */
  inThread(rootId: string): readonly Message[] {
    return this.messages.filter((message) => message.thread === rootId);
  }

  /** The newest message of the bot that carries a card and satisfies the query, now or as soon as one does. */
  card(query: MessageQuery, timeoutMs?: number): Promise<Message> {
    return this.message((message) => message.cards.length > 0 && satisfies(message, query), timeoutMs, `card ${query}`);
  }

  /** The newest message of the bot that satisfies the query as it stands, now or as soon as one does. */
  message(query: MessageQuery, timeoutMs?: number, wanted = `message ${query}`): Promise<Message> {
    const look = () =>
      this.messages.findLast((message) => message.from === 'bot' && !message.deleted && satisfies(message, query));
    return this.#journal.until(look, `${wanted} in ${this.name}`, timeoutMs, () => `${this.asText()}\n`);
  }

  /** The whole conversation as text. */
  asText(): string {
    return [`--- ${this.name} (${this.kind})`, ...this.messages.map(messageText)].join('\n');
  }
}

/** One message as it stands, as text: who, to whom, how often edited, and what. */
export function messageText(message: Message): string {
  const edits = message.edited ? ` (edited ${message.versions.length - 1}×)` : '';
  return indented(message, `${authorOf(message)}${edits}:`, message.deleted ? '(deleted)' : message.content);
}

/** Who wrote a message, and for whom if not for everybody. */
export function authorOf({ from, visibleTo }: Message): string {
  const who = from === 'bot' ? 'Collector' : from.name;
  return visibleTo === 'everyone' ? who : `${who} (only ${visibleTo.name} sees this)`;
}

/** A heading with the lines below it, set in as far as the message is in its thread. */
export function indented({ thread, id }: Message, heading: string, body: string): string {
  const indent = thread !== undefined && thread !== id ? '    ' : '  ';
  const lines = body === '' ? [] : body.split('\n').map((line) => `${indent}  ${line}`);
  return [`${indent}${heading}`, ...lines].join('\n');
}

/** All that a person reads of an activity: text and cards, buttons in brackets. */
export function contentOf(activity: JsonObject): string {
  const parts = [(textOf(activity, 'text') ?? '').trim(), ...cardsOf(activity).map(cardText)];
  return parts.filter((part) => part !== '').join('\n');
}

function satisfies(message: Message, query: MessageQuery): boolean {
  if (typeof query === 'string') return message.content.includes(query);
  return query instanceof RegExp ? query.test(message.content) : query(message);
}
