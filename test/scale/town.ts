/** Many people in many conversations, and a connector that takes everything and keeps nothing but the next button to press. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { z } from 'zod';
import { invokeActivity, messageActivity } from '../sandbox/activities.ts';
import type { BotFramework } from '../sandbox/bot-framework.ts';
import { actionsOf, cardsOf } from '../sandbox/card-reading.ts';
import { certificates } from '../sandbox/certificates.ts';
import { channelAccount } from '../sandbox/connector-answers.ts';
import { Conversation } from '../sandbox/conversations.ts';
import { Journal } from '../sandbox/journal.ts';
import { isObject, type JsonObject } from '../sandbox/json.ts';
import { type Person, tenantId } from '../sandbox/people.ts';

/** Somebody, and where they talk with the bot. */
export interface Townsman {
  readonly person: Person;
  readonly personal: Conversation;
  readonly channel: Conversation;
}

const peoplePerChannel = 20;
/** The header that signs activities is as good for the next ones: Teams takes a new one now and then. */
const activitiesPerToken = 500;

/** The connector of this town, at `serviceUrl`. */
export class Town {
  readonly people: readonly Townsman[];
  /** Clicks that somebody may make next, the oldest first. */
  readonly buttons: JsonObject[] = [];
  serviceUrl = '';
  #server: Server | undefined;
  readonly #byPersonal: ReadonlyMap<string, Townsman>;
  #authorization = '';
  #sent = 0;
  #posts = 0;

  constructor(size: number) {
    const journal = new Journal();
    const persons = Array.from({ length: size }, (_, n) => aTownsman(n));
    const place = (id: string, kind: 'personal' | 'channel', members: readonly Person[]) =>
      new Conversation(journal, {
        id,
        kind,
        name: id,
        members,
        teamId: kind === 'channel' ? '19:town@thread' : undefined,
      });
    this.people = persons.map((person, n) => {
      const channel = Math.floor(n / peoplePerChannel);
      const members = persons.slice(channel * peoplePerChannel, (channel + 1) * peoplePerChannel);
      return {
        person,
        personal: place(`a:1${person.key}`, 'personal', [person]),
        channel: place(`19:channel${channel}@thread.tacv2`, 'channel', members),
      };
    });
    this.#byPersonal = new Map(this.people.map((each) => [each.personal.id, each]));
  }

  async open(): Promise<void> {
    const { key, cert } = await certificates();
    const server = createServer({ key, cert }, (request, response) => {
      void this.#serve(request, response);
    });
    this.#server = server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the town has no port');
    this.serviceUrl = `https://127.0.0.1:${address.port}/`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** What somebody types. */
  message({ person }: Townsman, conversation: Conversation, text: string): JsonObject {
    const id = this.#newId();
    const thread = conversation.kind === 'channel' ? id : undefined;
    const mention = conversation.kind !== 'personal';
    return messageActivity({ id, serviceUrl: this.serviceUrl, person, conversation, thread }, text, mention);
  }

  /** @returns the status of the bot's answer */
  async deliver(botFramework: BotFramework, botUrl: string, activity: JsonObject): Promise<number> {
    if (this.#sent % activitiesPerToken === 0) {
      this.#authorization = (await botFramework.authorization(this.serviceUrl)) ?? '';
    }
    this.#sent += 1;
    const headers = { 'content-type': 'application/json', authorization: this.#authorization };
    const response = await fetch(botUrl, { method: 'POST', headers, body: JSON.stringify(activity) });
    await response.arrayBuffer();
    return response.status;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.#answer(request);
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const [, , , id = '', what] = new URL(request.url ?? '', 'http://town').pathname.split('/').map(decodeURIComponent);
    if (request.method === 'GET' && what === 'pagedmembers') {
      const members = this.people.find(({ channel }) => id.startsWith(channel.id))?.channel.members ?? [];
      return { members: members.map(channelAccount) };
    }
    const made = { id: this.#newId() };
    const owner = this.#byPersonal.get(id);
    const activity = z.record(z.string(), z.json()).safeParse(parsed(Buffer.concat(chunks).toString('utf8')));
    if (request.method === 'POST' && owner !== undefined && activity.success) this.#note(owner, made.id, activity.data);
    return made;
  }

  #note(owner: Townsman, cardId: string, activity: JsonObject): void {
    const action = cardsOf(activity)
      .flatMap(actionsOf)
      .find(({ title }) => title === 'Cancel');
    if (action === undefined) return;
    const { type, title, verb = '', data } = action;
    const value = { action: { type, title, verb, data: isObject(data) ? data : {} }, trigger: 'manual' };
    const { person, personal: conversation } = owner;
    const frame = { id: this.#newId(), serviceUrl: this.serviceUrl, person, conversation, thread: undefined };
    this.buttons.push(invokeActivity(frame, 'adaptiveCard/action', value, cardId));
  }

  #newId(): string {
    this.#posts += 1;
    return String(1_772_421_120_000 + this.#posts);
  }
}

function aTownsman(n: number): Person {
  const digits = String(n).padStart(12, '0');
  return {
    key: `town-${n}`,
    name: `Person ${n}`,
    upn: `person.${n}@contoso.example`,
    oid: `70a70a70-0000-4000-8000-${digits}`,
    teamsId: `29:1town-${digits}`,
    tenantId,
    locale: n % 3 === 0 ? 'de-DE' : 'en-US',
    defender: { roles: [], deviceGroups: [] },
  };
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
