/** One bot, one store, one sandbox, in which crashes follow each other: each ends with a restart, and the next goes on. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { embeddedDirectory } from '../build/embedded-directory.ts';
import type { Message } from '../sandbox/conversations.ts';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import { mia, type Person } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type CrashPoint, titleOf } from './crash-points.ts';
import { Life } from './life.ts';
import { type PostgresProxy, startProxy } from './postgres-proxy.ts';
import { Errand, type Scenery } from './responder.ts';
import { isNameless, nameOf } from './statement-names.ts';

/** Where a lane keeps its rows. */
export interface LaneStore {
  readonly databaseUrl: string;
  readonly proxy?: PostgresProxy;
  /** Statements that write and that no crash point could name. */
  readonly nameless: ReadonlySet<string>;
  close(): Promise<void>;
}

/** A fresh directory: the embedded store. */
export async function inDirectory(): Promise<LaneStore> {
  const directory = await embeddedDirectory();
  return { databaseUrl: directory.path, nameless: new Set(), close: () => directory.remove() };
}

/** A database of its own, behind a proxy. */
export async function behindProxy(databaseUrl: string): Promise<LaneStore> {
  const proxy = await startProxy(databaseUrl);
  const nameless = new Set<string>();
  proxy.watch((asked) => {
    if (isNameless(asked)) nameless.add(asked.statement.sql);
  });
  return { databaseUrl: proxy.url, proxy, nameless, close: () => proxy.close() };
}

/** A post is noted within milliseconds; a loaded machine takes longer. */
const timeToNote = 3_000;
/** From what the person sees last to the point that lies behind it. */
const timeToReach = 5_000;
/** So many crashes fit into one lane. */
const mostDevices = 500;

/** A lane. Its crashes come one after the other. */
export class Lane {
  readonly sandbox: Sandbox;
  readonly life: Life;
  readonly #store: LaneStore;
  readonly #devices: readonly Device[];
  #used = 0;

  constructor(sandbox: Sandbox, devices: readonly Device[], store: LaneStore) {
    this.sandbox = sandbox;
    this.#devices = devices;
    this.#store = store;
    this.life = new Life({ environment: sandbox.environment(), databaseUrl: store.databaseUrl }, (bot) => {
      sandbox.setBotUrl(bot.messagesUrl);
    });
    sandbox.tokenService.signIn(mia);
  }

  /** Opens a lane; its bot works when this resolves. */
  static async open(store: LaneStore): Promise<Lane> {
    const devices = equalDevices(mostDevices);
    const lane = new Lane(await startSandbox({ devices }), devices, store);
    await lane.life.alive();
    return lane;
  }

  /** A collection of this person on a device that none was on before. */
  errand(what: string, person = mia): Errand {
    const device = this.#devices[this.#used];
    if (device === undefined) throw new Error('this lane has no further device');
    this.#used += 1;
    return new Errand(this.#scenery(person), device, `${what}, case ${this.#used}.`);
  }

  #scenery(person: Person): Scenery {
    const { places, journal } = this.sandbox;
    const client = this.sandbox.client(person);
    return { client, conversation: places.channel, journal, alive: () => this.life.alive() };
  }

  /**
   * Plays the story of a point up to the point, kills the bot there, starts it again, plays on, and checks what came of
   * it. Throws when the point was not reached, or something was lost or doubled.
   */
  async crashAt(point: CrashPoint): Promise<void> {
    const { tokenService, faults } = this.sandbox;
    await this.life.alive();
    if (point.story === 'sign-in') tokenService.forget(mia);
    else tokenService.signIn(mia);
    if (point.story === 'unclear') faults.inject('defender.collect', { kind: 'loseAnswer' });
    const { reached, release } = this.#arm(point);
    if (point.on === 'wire' && point.isFirst) await this.life.killAndRestart();
    const errand = this.errand('crash drill');
    let killedAt: number | undefined;
    const crash = reached.then(async () => {
      killedAt = Date.now();
      await this.life.killAndRestart(release);
    });
    try {
      await errand.run();
      // The person may see the last message in the moment before it counts as posted.
      await Promise.race([reached, pause(timeToReach, undefined, { ref: false })]);
      assert.ok(killedAt !== undefined, `the story ended without reaching ${titleOf(point)}`);
      await crash;
      this.check(errand, [killedAt]);
    } finally {
      release();
      faults.clear();
    }
  }

  /**
   * One accepted POST, one card in its final state, one closing message: more only where a kill left it unknown whether
   * they were posted.
   */
  check({ reason, cards, closings }: Errand, kills: readonly number[]): void {
    const accepted = this.sandbox.defender.actions.all.filter(({ comment }) => comment.includes(reason));
    assert.equal(accepted.length, 1, `${accepted.length} POSTs were accepted for '${reason}'`);
    for (const posts of [cards, closings]) {
      assert.ok(posts.length >= 1);
      const unknown = posts.slice(0, -1).filter((post) => this.#isUnknown(post, kills));
      assert.equal(posts.length - unknown.length, 1, `${posts.length} posts of '${reason}', ${unknown.length} unknown`);
    }
    const last = cards.at(-1);
    assert.match(last?.content ?? '', /Succeeded/);
    assert.deepEqual(
      last?.buttons.filter((title) => ['Sign in', 'Collect', 'Cancel'].includes(title)),
      [],
    );
    assert.equal(closings[0]?.thread, last?.thread);
  }

  /** Made so shortly before a kill that the bot had no time to note it, or while it died. */
  #isUnknown(post: Message, kills: readonly number[]): boolean {
    const { journal } = this.sandbox;
    const [made] = journal.all('connector.activity.created', ({ data }) => data.id === post.id);
    return made !== undefined && kills.some((kill) => Math.abs(kill - made.at) < timeToNote);
  }

  /** Stops the bot as an operator does. Throws when it does not end well, or has written what no crash point could name. */
  async close(): Promise<void> {
    const { code, lines } = await this.life.stop();
    await this.#clear();
    assert.equal(code, 0, `the bot ended with ${code}:\n${lines.slice(-20).join('\n')}`);
    assert.deepEqual([...this.#store.nameless], []);
  }

  /** Stops everything in which a crash went wrong; how it ends does not matter any more. */
  async abandon(): Promise<void> {
    await this.life.stop();
    await this.#clear();
  }

  async #clear(): Promise<void> {
    await this.sandbox.stop();
    await this.#store.close();
  }

  #arm(point: CrashPoint): { readonly reached: Promise<void>; readonly release: () => void } {
    if (point.on === 'wire') {
      const { operation, when, skip, moment } = point;
      const fault = { kind: moment === 'lost' ? 'hang' : 'hold' } as const;
      const held = this.sandbox.faults.inject(operation, fault, { when, skip });
      return { reached: held.reached, release: () => held.remove() };
    }
    const { proxy } = this.#store;
    if (proxy === undefined) throw new Error('only a store behind a proxy has statements to hold');
    const { what, moment } = point;
    return { reached: proxy.hold({ moment, meets: (asked) => nameOf(asked) === what }), release: () => proxy.letGo() };
  }
}

/** Devices like any other, so many that no crash meets another's. */
function equalDevices(count: number): readonly Device[] {
  return Array.from({ length: count }, (_, index) => ({
    ...fineDevice,
    id: randomBytes(20).toString('hex'),
    computerDnsName: `ws-${String(index + 1).padStart(3, '0')}.contoso.example`,
  }));
}
