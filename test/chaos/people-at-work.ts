/** The load of a chaos run: people who type, sign in, confirm, take back, while everything breaks. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CardAnswer } from '../sandbox/card-answer.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import { lena, mia, omar, type Person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { TeamsClient } from '../sandbox/teams-client.ts';
import { type ChaosDevices, reasonOf } from './devices.ts';
import type { Ask } from './schedule.ts';
import { titlesOf, Watch } from './watch.ts';

/** What the people have noticed, for the history. */
export interface Noticed {
  /** Reasons of the requests whose Collect was answered with a card on which it is done. */
  readonly confirmed: Set<string>;
  /** Messages that no replica took. */
  untaken: number;
  /** Requests whose card did not come to the point of a click before the person gave up. */
  givenUp: number;
  /** Clicks that were answered by an error or not at all. */
  failedClicks: number;
}

/** Teams delivers a message again that was not taken. */
const deliveries = 6;
const clientPatience = 12_000;
const cardPatience = 25_000;
const tries = 4;

const everybody = { mia, omar, lena } as const;

/** The people of a run. */
export class PeopleAtWork {
  readonly noticed: Noticed = { confirmed: new Set(), untaken: 0, givenUp: 0, failedClicks: 0 };
  readonly #sandbox: Sandbox;
  readonly #devices: ChaosDevices;

  constructor(sandbox: Sandbox, devices: ChaosDevices) {
    this.#sandbox = sandbox;
    this.#devices = devices;
    sandbox.client(mia, { kind: 'sso' });
    sandbox.client(omar, { kind: 'code' });
    sandbox.client(lena, { kind: 'sso' });
  }

  /** One request, from its message to what its person wants of it. Never throws: what goes wrong is noticed. */
  async play(ask: Ask): Promise<void> {
    const person = everybody[ask.person];
    const conversation = this.#placeOf(ask, person);
    const watch = new Watch(this.#sandbox.journal, conversation, reasonOf(ask));
    const text = `/collect ${this.#devices.at(ask.device).id} ${reasonOf(ask)}`;
    if (!(await this.#say(person, conversation, text, () => watch.asked(person), ask.isRedelivered))) return;
    if (ask.wish === 'leave') return;
    if (ask.wish === 'withdraw') return await this.#press(watch, person, ['Cancel']);
    if (!(await this.#confirm(watch, person, ask))) return;
    if (ask.wish === 'refresh') await this.#press(watch, person, ['Refresh']);
    if (ask.wish === 'cancelCollection') await this.#cancel(watch, person);
  }

  /** Types `/signout` in 1:1. */
  async signOut(who: 'mia' | 'omar'): Promise<void> {
    const person = everybody[who];
    await this.#say(person, this.#sandbox.places.personal(person), '/signout', () => undefined, false);
  }

  /** Presses Sign in on a card of each person, on which something waits for it. */
  async signInWhereAsked(): Promise<void> {
    for (const person of [mia, omar]) {
      const waits = this.#sandbox.places.all
        .flatMap(({ messages }) => messages)
        .findLast((message) => message.isSeenBy(person) && isAskedToSignIn(message, person));
      if (waits !== undefined) await this.#click(this.#sandbox.client(person), waits, 'Sign in');
    }
  }

  /** @returns whether a replica took it */
  async #say(
    person: Person,
    conversation: Conversation,
    text: string,
    asked: () => Message | undefined,
    again: boolean,
  ): Promise<boolean> {
    const client = this.#sandbox.client(person);
    let isTaken = await taken(client.say(conversation, text).then(({ answer }) => answer.status));
    const message = asked();
    for (let left = deliveries; message !== undefined && left > 0 && (!isTaken || again); left -= 1) {
      again &&= !isTaken;
      if (!isTaken) await pause(1_000);
      isTaken = (await taken(client.redeliver(message).then(({ status }) => status))) || isTaken;
    }
    if (!isTaken) this.noticed.untaken += 1;
    return isTaken;
  }

  async #confirm(watch: Watch, person: Person, ask: Ask): Promise<boolean> {
    const client = this.#sandbox.client(person);
    for (let left = tries; left > 0; left -= 1) {
      const card = await watch.button(person, ['Collect', 'Sign in', 'Follow it'], cardPatience);
      if (card === undefined) break;
      const titles = titlesOf(card.cardFor(person));
      const title = ['Collect', 'Follow it', 'Sign in'].find((each) => titles.includes(each));
      if (title === undefined) continue;
      const clicks = ask.wish === 'collectTwice' ? [0, 1] : [0];
      const answers = await Promise.all(clicks.map(() => this.#click(client, card, title)));
      if (title !== 'Sign in' && answers.some((answer) => isDone(answer))) {
        this.noticed.confirmed.add(reasonOf(ask));
        return true;
      }
      // What was answered late may have been done all the same.
      await pause(500);
    }
    this.noticed.givenUp += 1;
    return false;
  }

  async #cancel(watch: Watch, person: Person): Promise<void> {
    await this.#press(watch, person, ['Cancel collection']);
    const card = watch.withButton(person, 'Continue');
    if (card === undefined) return;
    await this.#click(this.#sandbox.client(person), card, 'Continue', { inputs: { reason: 'no longer needed' } });
  }

  async #press(watch: Watch, person: Person, titles: readonly string[]): Promise<void> {
    const card = await watch.button(person, titles, cardPatience);
    const title = titles.find((each) => titlesOf(card?.cardFor(person)).includes(each));
    if (card !== undefined && title !== undefined) await this.#click(this.#sandbox.client(person), card, title);
  }

  /** @returns undefined when nothing came back that a client understands, or the card changed under the finger */
  async #click(
    client: TeamsClient,
    card: Message,
    title: string,
    options: Parameters<TeamsClient['click']>[2] = {},
  ): Promise<CardAnswer | undefined> {
    const answer = await within(client.click(card, title, options));
    if (answer === undefined || answer.kind === 'error' || answer.kind === 'unusable') {
      this.noticed.failedClicks += 1;
      return undefined;
    }
    return answer;
  }

  #placeOf({ place }: Ask, person: Person): Conversation {
    return place === 'personal' ? this.#sandbox.places.personal(person) : this.#sandbox.places[place];
  }
}

function isDone(answer: CardAnswer | undefined): boolean {
  if (answer?.kind !== 'card') return false;
  const titles = titlesOf(answer.card);
  return !titles.includes('Collect') && !titles.includes('Follow it') && !titles.includes('Sign in');
}

function isAskedToSignIn(message: Message, person: Person): boolean {
  if (message.from !== 'bot' || message.deleted || !message.content.includes(`Asked by ${person.name}`)) return false;
  return message.buttons.includes('Sign in');
}

async function taken(status: Promise<number>): Promise<boolean> {
  const answered = await within(status);
  return answered !== undefined && answered < 300;
}

/** A client waits so long; that its call broke is what this run is about. */
async function within<Value>(work: Promise<Value>): Promise<Value | undefined> {
  const timer = new AbortController();
  const late = pause(clientPatience, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    timer.abort();
  }
}
