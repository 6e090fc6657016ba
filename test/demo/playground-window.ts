/** Shows in the Playground what the sandbox's connector has taken from the bot, as one person's Teams client would. */
import { z } from 'zod';
import type { Message } from '../sandbox/conversations.ts';
import type { JsonObject } from '../sandbox/json.ts';
import type { Person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { hasOAuthCard } from '../sandbox/sign-in-behaviour.ts';

/** A message in the Playground: its own id there, and what it shows. */
interface Shown {
  readonly id: string;
  readonly content: string;
}

const created = z.object({ id: z.string() });

/**
 * One person's window. The Playground and the sandbox each have their own ids for messages and threads; this class
 * knows which is which. All posts and edits go one after the other, so that none overtakes an older one.
 */
export class PlaygroundWindow {
  readonly #person: Person;
  readonly #url: string;
  readonly #onFault: (fault: Error) => void;
  readonly #shown = new Map<Message, Shown>();
  readonly #threads = new Map<string, string>();
  readonly #stopListening: () => void;
  #last: Promise<void> = Promise.resolve();

  /** `url` is the Playground's page; `onFault` hears of what could not be shown. */
  constructor(sandbox: Sandbox, person: Person, url: string, onFault: (fault: Error) => void) {
    this.#person = person;
    this.#url = url;
    this.#onFault = onFault;
    this.#stopListening = sandbox.journal.listen(({ name, data }) => {
      if (name !== 'connector.activity.created' && name !== 'connector.activity.updated') return;
      const message = sandbox.places.find(String(data.conversation))?.find(String(data.id));
      if (message) this.show(message);
    });
  }

  /** Shows the message as the person sees it now: new, or in place of what it showed. */
  show(message: Message): void {
    // A client with silent sign-in shows no OAuthCard: it answers it.
    if (!message.isSeenBy(this.#person) || hasOAuthCard(message.activity)) return;
    this.#last = this.#last.then(() => this.#put(message)).catch((cause: unknown) => this.#onFault(faultOf(cause)));
  }

  /** The sandbox's message that the Playground knows by this id. */
  messageOf(playgroundId: string | undefined): Message | undefined {
    for (const [message, { id }] of this.#shown) if (id === playgroundId) return message;
    return undefined;
  }

  /** The sandbox's thread behind a conversation id of the Playground; undefined: a new one, or none. */
  threadOf(conversationId: string): string | undefined {
    const wanted = threadIn(conversationId);
    for (const [ours, theirs] of this.#threads) if (theirs === wanted) return ours;
    return undefined;
  }

  /** From now on these two are the same thread. */
  joinThreads(thread: string | undefined, conversationId: string): void {
    const theirs = threadIn(conversationId);
    if (thread !== undefined && theirs !== undefined) this.#threads.set(thread, theirs);
  }

  close(): void {
    this.#stopListening();
  }

  async #put(message: Message): Promise<void> {
    const known = this.#shown.get(message);
    const content = JSON.stringify(viewOf(message, this.#person));
    if (known?.content === content) return;
    const path = `${this.#url}/_connector/v3/conversations/${this.#target(message)}/activities`;
    const answer = await this.#send(known ? 'PUT' : 'POST', known ? `${path}/${known.id}` : path, content);
    const id = known?.id ?? created.parse(answer).id;
    this.#shown.set(message, { id, content });
    if (message.thread !== undefined && !this.#threads.has(message.thread)) this.#threads.set(message.thread, id);
  }

  async #send(method: string, url: string, body: string): Promise<unknown> {
    const response = await fetch(url, { method, headers: { 'Content-Type': 'application/json' }, body });
    if (!response.ok) throw new Error(`the Playground answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  #target({ conversation, thread }: Message): string {
    const theirs = thread === undefined ? undefined : this.#threads.get(thread);
    return encodeURIComponent(theirs === undefined ? conversation.id : `${conversation.id};messageid=${theirs}`);
  }
}

/** What this person sees: their own view of the card, and a word where nobody else sees the message. */
function viewOf(message: Message, person: Person): JsonObject {
  const { text, textFormat, attachments, entities } = message.activity;
  const ownView = message.ownViews.get(person.oid);
  const shown = message.visibleTo === 'everyone' ? text : `_Only you can see this._\n\n${message.text}`;
  return {
    type: 'message',
    ...(shown !== undefined && { text: shown }),
    ...(textFormat !== undefined && { textFormat }),
    ...(entities !== undefined && { entities }),
    attachments: ownView
      ? [{ contentType: 'application/vnd.microsoft.card.adaptive', content: ownView }]
      : (attachments ?? []),
  };
}

function threadIn(conversationId: string): string | undefined {
  return /;messageid=(.+)$/.exec(conversationId)?.[1];
}

function faultOf(cause: unknown): Error {
  return new Error('A message could not be shown in the Playground.', { cause });
}
