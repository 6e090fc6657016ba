/** The bot behind its doors, with a window into its database: what is sent, what comes back, and that nothing else happened. */
import assert from 'node:assert/strict';
import type { Backend } from '../../src/adapters/store/backend.ts';
import { connectToServer } from '../../src/adapters/store/backend.ts';
import type { KnockKind } from '../../src/domain/flood.ts';
import { silentLog } from '../fakes/silent-log.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { BotAnswer } from '../sandbox/delivery.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { isObject, textOf } from '../sandbox/json.ts';
import { mia, type Person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type Edge, startEdge } from './edge.ts';

/** One row of the table of doors. */
export interface Door {
  /** What was sent. */
  readonly sent: string;
  readonly send: (doors: Doors) => Promise<BotAnswer>;
  /** HTTP. */
  readonly status: number;
  /** What whoever sent it reads: in the HTTP answer, else in a message. Undefined: nothing at all. */
  readonly reply: RegExp | undefined;
  /** What it has to do first; not part of what is judged. */
  readonly before?: (doors: Doors) => Promise<void>;
}

/** What an answer in words may cost: the message itself, and the bot's token for it. */
const callsOfAReply = /^(?:connector\.(?:send\.|activity\.created)|entra\.clientCredentials\.)/;

/** The bot, the cloud around it, and its database. */
export class Doors {
  readonly edge: Edge;
  /** Mia's command in the channel, which made the one proposal that there is. */
  readonly first: Message;
  readonly #backend: Backend;

  private constructor(edge: Edge, backend: Backend, first: Message) {
    this.edge = edge;
    this.#backend = backend;
    this.first = first;
  }

  static async open(environment: (sandbox: Sandbox) => Readonly<Record<string, string>>): Promise<Doors> {
    const DATABASE_URL = await freshDatabase();
    const edge = await startEdge((sandbox) => ({ ...environment(sandbox), DATABASE_URL }));
    const { channel } = edge.sandbox.places;
    const { message } = await edge.sandbox.client(mia).say(channel, `collect ${fineDevice.id} the doors are watched`);
    return new Doors(edge, connectToServer(DATABASE_URL, silentLog), message);
  }

  get sandbox(): Sandbox {
    return this.edge.sandbox;
  }

  async close(): Promise<void> {
    await this.#backend.close();
    await this.edge.close();
  }

  /** Every request as it stands, in the order of their making. */
  async everything(): Promise<readonly unknown[]> {
    const { db } = this.#backend;
    return await db.selectFrom('request').select(['id', 'revision', 'document']).orderBy('number').execute();
  }

  /** How many requests there are. */
  async count(): Promise<number> {
    const { db } = this.#backend;
    const { n } = await db.selectFrom('request').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow();
    return Number(n);
  }

  /** The request of that id. */
  async requestOf(id: string): Promise<{ readonly id: string; readonly revision: number; readonly state: string }> {
    const { db } = this.#backend;
    return await db
      .selectFrom('request')
      .select(['id', 'revision', 'state'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  }

  /** The proposal that was made there first. */
  async proposalIn({ id }: Conversation): Promise<{ readonly id: string; readonly revision: number }> {
    return await this.#backend.db
      .selectFrom('request')
      .select(['id', 'revision'])
      .where('conversation_id', 'like', `${id}%`)
      .orderBy('number')
      .limit(1)
      .executeTakeFirstOrThrow();
  }

  /** Somebody has just asked so many times, and was told that it is too much, or was not. */
  async flood(who: string, kind: KnockKind, times: number, wasTold: boolean): Promise<void> {
    const admitted = JSON.stringify(Array.from({ length: times }, () => Date.now()));
    const row = { admitted, told_at: wasTold ? new Date() : null };
    await this.#backend.db
      .insertInto('knock')
      .values({ who, kind, ...row })
      .onConflict((conflict) => conflict.columns(['who', 'kind']).doUpdateSet(row))
      .execute();
  }

  /** The roster of that conversation was read, and this person was among the outsiders. */
  async outsiderIn({ id }: Conversation, { oid }: Person): Promise<void> {
    await this.#backend.db
      .insertInto('audience')
      .values({ conversation_id: id, audience: 'mixed', outsiders: [oid] })
      .onConflict((conflict) => conflict.column('conversation_id').doNothing())
      .execute();
  }

  /** Sends it, and proves that it changed nothing, called nobody, and said what it should. */
  async prove({ send, status, reply, before }: Door): Promise<void> {
    await before?.(this);
    const { sandbox, log } = this.edge;
    const was = await this.everything();
    const mark = sandbox.journal.mark;
    const lines = log.lines.length;
    const earlier = new Set(this.#ofTheBot());
    const answer = await send(this);
    assert.equal(answer.status, status, JSON.stringify(answer));
    const said = this.#ofTheBot().flatMap((message) => (earlier.has(message) ? [] : [message.content]));
    const calls = this.edge.calledOut(mark);
    const inHttp = readable(answer);
    if (inHttp === '') {
      assert.deepEqual(said.length, reply === undefined ? 0 : 1, `said: ${said.join('\n')}`);
      assert.deepEqual(
        calls.filter((call) => !callsOfAReply.test(call)),
        [],
      );
      if (reply !== undefined) assert.match(said.join('\n'), reply);
    } else {
      assert.deepEqual(calls, []);
      assert.deepEqual(said, []);
      assert.match(inHttp, reply ?? /^nothing$/);
    }
    assert.deepEqual(await this.everything(), was);
    const errors = log.lines.slice(lines).filter(({ level }) => level === 'error');
    assert.deepEqual(errors, []);
  }

  #ofTheBot(): readonly Message[] {
    return this.sandbox.places.all.flatMap(({ messages }) => messages.filter(({ from }) => from === 'bot'));
  }
}

/** The words in an HTTP answer: of a click, what its client shows. */
function readable({ body }: BotAnswer): string {
  if (body === undefined) return '';
  if (!isObject(body)) return String(body);
  return textOf(body, 'value') ?? textOf(body, 'value', 'message') ?? textOf(body, 'message') ?? JSON.stringify(body);
}
