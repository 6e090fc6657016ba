/** Many people in some channels, as a large organisation has them: nobody asks more often than people may. */
import { messageActivity } from '../sandbox/activities.ts';
import { Conversation } from '../sandbox/conversations.ts';
import { Journal } from '../sandbox/journal.ts';
import { lena, mia, type Person } from '../sandbox/people.ts';

/** A message that is ready to be sent. */
export interface Message {
  /** With its thread: where the answer comes. */
  readonly conversation: string;
  readonly body: string;
}

/** Whose turn comes so seldom that neither the limit per person (30 a minute) nor per conversation (120) is met. */
const people = 480;
const channels = 48;

/** The crowd. Each message is the next person's, in the next channel, and opens a thread there. */
export class Crowd {
  readonly #serviceUrl: string;
  readonly #people = Array.from({ length: people }, (_, place) => personAt(place));
  readonly #channels = Array.from({ length: channels }, (_, place) => channelAt(place));
  readonly #began = Date.now();
  #said = 0;

  constructor(serviceUrl: string) {
    this.#serviceUrl = serviceUrl;
  }

  /** Who is a member of every channel, besides whoever writes. */
  static readonly members: readonly Person[] = [mia, lena];

  /** The next messages; the text is asked for each, with a number that no other message has. */
  next(count: number, text: (number: number) => string): readonly Message[] {
    return Array.from({ length: count }, () => this.#message(text));
  }

  #message(text: (number: number) => string): Message {
    this.#said += 1;
    const person = at(this.#people, this.#said);
    const conversation = at(this.#channels, this.#said);
    // Milliseconds since 1970, as Teams has them, and none twice.
    const id = String(this.#began + this.#said);
    const base = { id, serviceUrl: this.#serviceUrl, person, conversation, thread: id };
    const activity = messageActivity(base, text(this.#said), true);
    return { conversation: `${conversation.id};messageid=${id}`, body: JSON.stringify(activity) };
  }
}

function at<Value>(list: readonly Value[], turn: number): Value {
  const value = list[turn % list.length];
  if (value === undefined) throw new RangeError('nobody is there');
  return value;
}

/** Somebody who has not signed in: a look-up asks the Token Service for them, and ends there. */
function personAt(place: number): Person {
  const digits = String(place).padStart(12, '0');
  const key = `responder-${place}`;
  return {
    ...mia,
    key,
    name: `Responder ${place}`,
    upn: `${key}@contoso.example`,
    oid: `44444444-aaaa-4aaa-8aaa-${digits}`,
    teamsId: `29:1${key}-b3nCh`,
  };
}

function channelAt(place: number): Conversation {
  const teamId = `19:team-${String(Math.floor(place / 10)).padStart(4, '0')}@thread.tacv2`;
  const id = `19:incidents${String(place).padStart(6, '0')}@thread.tacv2`;
  return new Conversation(new Journal(), { id, kind: 'channel', name: `Incidents ${place}`, members: [], teamId });
}
