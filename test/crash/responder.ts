/** The part of the person, and of Teams, in a collection during which the bot dies. */
import type { CardAnswer } from '../sandbox/card-answer.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { Device } from '../sandbox/devices.ts';
import type { Journal } from '../sandbox/journal.ts';
import type { TeamsClient } from '../sandbox/teams-client.ts';

/** Whom, where, and how to know that the bot is there again after something failed. */
export interface Scenery {
  readonly client: TeamsClient;
  readonly conversation: Conversation;
  readonly journal: Journal;
  /** Resolves when the bot works: at once, or after its restart. */
  readonly alive: () => Promise<void>;
}

/** A dead replica's work is taken over within two minutes; what follows takes seconds. */
const patience = 240_000;
/** A click or a message that fails so often does not fail because of crashes. */
const mostTries = 25;
/** On a slow machine a look-up may have given up on a call that was held back. It makes a new request, with a new card. */
const tryAgain = 'Try again';

/** What was asked, told apart by its reason. */
export class Errand {
  readonly reason: string;
  readonly #scenery: Scenery;
  readonly #device: Device;
  /** The messages before this one belong to an attempt that the card itself gave up. */
  #from = 0;

  constructor(scenery: Scenery, device: Device, reason: string) {
    this.#scenery = scenery;
    this.#device = device;
    this.reason = reason;
  }

  /** Asks, signs in where the card wants it, confirms, and waits for the end and the closing message. */
  async run(): Promise<void> {
    await this.#ask();
    for (let failures = 0; failures < mostTries; ) {
      const card = await this.#newest((each) => this.#isAtEnd(each) || this.#button(each) !== undefined);
      const button = this.#button(card);
      if (button === undefined) return await this.#told();
      if (!(await this.#press(card, button))) failures += 1;
      else await this.#newest((each) => each !== card || this.#button(each) !== button);
    }
    throw new Error(`${mostTries} clicks failed:\n${this.#scenery.conversation.asText()}`);
  }

  /** The cards of this request, oldest first. */
  get cards(): readonly Message[] {
    return this.#mine((message) => message.cards.length > 0 && message.content.includes(this.reason));
  }

  /** The messages that tell the person of the end on this device, oldest first. */
  get closings(): readonly Message[] {
    const [name = ''] = this.#device.computerDnsName.split('.');
    const words = ['<at>', 'Succeeded', name];
    return this.#mine(({ cards, text }) => cards.length === 0 && words.every((word) => text.includes(word)));
  }

  #mine(is: (message: Message) => boolean): readonly Message[] {
    return this.#scenery.conversation.messages
      .slice(this.#from)
      .filter((message) => message.from === 'bot' && is(message));
  }

  /** Teams delivers a message again whose delivery failed. */
  async #ask(): Promise<void> {
    const { client, conversation, alive } = this.#scenery;
    const text = `/collect ${this.#device.id} ${this.reason}`;
    let hasWorked = await works(async () => (await client.say(conversation, text)).answer.status === 200);
    const message = conversation.messages.findLast((each) => each.from === client.person && isAbout(each, this.reason));
    if (message === undefined) throw new Error('the message was not even written');
    for (let tries = 0; !hasWorked; tries += 1) {
      if (tries === mostTries) throw new Error(`${mostTries} deliveries failed`);
      await alive();
      hasWorked = await works(async () => (await client.redeliver(message)).status === 200);
    }
  }

  /** False when Teams shows an error: then the person looks at the card again. */
  async #press(card: Message, button: string): Promise<boolean> {
    const { length } = this.#scenery.conversation.messages;
    const hasWorked = await works(async () => isTaken(await this.#scenery.client.click(card, button)));
    if (!hasWorked) await this.#scenery.alive();
    else if (button === tryAgain) this.#from = length;
    return hasWorked;
  }

  async #told(): Promise<void> {
    await this.#wait(() => this.closings.at(-1), 'the closing message');
  }

  #newest(is: (card: Message) => boolean): Promise<Message> {
    return this.#wait(() => {
      const card = this.cards.at(-1);
      return card !== undefined && is(card) ? card : undefined;
    }, 'the card');
  }

  #wait<Found>(look: () => Found | undefined, what: string): Promise<Found> {
    const { journal, conversation } = this.#scenery;
    return journal.until(look, `${what} of '${this.reason}'`, patience, () => `${conversation.asText()}\n`);
  }

  #button(card: Message): string | undefined {
    const again = card.content.includes('Cannot go on') ? [tryAgain] : [];
    return ['Sign in', 'Collect', ...again].find((title) => card.buttons.includes(title));
  }

  #isAtEnd(card: Message): boolean {
    return card.buttons.includes('Get download link');
  }
}

function isAbout(message: Message, reason: string): boolean {
  return message.text.includes(reason);
}

/** A message in place of the card says that it did not work for now; on anything else Teams itself says so. */
function isTaken({ kind }: CardAnswer): boolean {
  return kind === 'card';
}

/** False when the other side died over it, or was not there. */
async function works(act: () => Promise<boolean>): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    // What `fetch` throws when the connection breaks or nobody listens.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
