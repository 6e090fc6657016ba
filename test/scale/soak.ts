/** So many activities of many people against a real bot, and what of its memory is left now and then. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { minute } from '../../src/domain/instant.ts';
import { known } from '../build/ids.ts';
import { insist } from '../build/insist.ts';
import { Random } from '../fleet/random.ts';
import type { Message } from '../sandbox/conversations.ts';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { mia, omar, type Person } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type BotProcess, spawnBot } from '../story/bot-process.ts';
import { memoryMark } from './memory-hook.ts';
import { Town } from './town.ts';

/** What was left at one moment, with nothing in flight. */
export interface MemorySample {
  readonly activities: number;
  /** After a collection, in bytes. */
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  /** Open handles and requests of the event loop, timers left out. */
  readonly handles: number;
  /** Open file descriptors. */
  readonly descriptors: number;
}

/** A sample after so many, and six of a short soak. */
const sampleEvery = 5_000;
const deviceCount = 500;
const stepPatience = 10 * minute;
const atOnce = 16;
/** Most are answered with a post or two, and Teams takes 50 of a bot in a second. */
const perSecond = 35;
/** So many that all but one stay far below what a person may. */
const townSize = 4_000;
/** One in so many activities is somebody's who does not stop. */
const flooderEvery = 40;
/** One in so many activities is followed by a whole collection, by somebody who is signed in. */
const collectEvery = 400;
const memory = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number(), handles: z.number() });

/** @param tell gets a line for each sample */
export async function soak(activities: number, tell: (line: string) => void): Promise<readonly MemorySample[]> {
  const devices = Array.from({ length: deviceCount }, (_, n): Device => numbered(n));
  const sandbox = await startSandbox({ devices });
  const town = new Town(townSize);
  await town.open();
  const environment = sandbox.environment();
  const bot = await spawnBot({
    databaseUrl: await freshDatabase(),
    environment: {
      ...environment,
      SERVICE_URL_HOSTS: `${environment.SERVICE_URL_HOSTS},${new URL(town.serviceUrl).host}`,
      // What is told of each activity would fill the memory of whoever counts here.
      LOG_LEVEL: 'warn',
    },
    nodeArguments: ['--expose-gc', '--import', join(import.meta.dirname, 'memory-hook.ts')],
  });
  sandbox.setBotUrl(bot.messagesUrl);
  try {
    await insist(async () => {
      if (!(await fetch(`${bot.url}/readyz`)).ok) throw new Error('the bot is not ready');
    });
    for (const person of [mia, omar]) await sandbox.tokenService.signIn(person);
    return await new Soak(sandbox, town, bot, tell).run(activities);
  } finally {
    await bot.stop();
    await town.close();
    await sandbox.stop();
  }
}

class Soak {
  readonly #sandbox: Sandbox;
  readonly #town: Town;
  readonly #bot: BotProcess;
  readonly #tell: (line: string) => void;
  readonly #random = new Random(11);
  readonly #samples: MemorySample[] = [];
  readonly #began = performance.now();
  #next = 0;
  #collections: Promise<void> = Promise.resolve();

  constructor(sandbox: Sandbox, town: Town, bot: BotProcess, tell: (line: string) => void) {
    this.#sandbox = sandbox;
    this.#town = town;
    this.#bot = bot;
    this.#tell = tell;
  }

  async run(activities: number): Promise<readonly MemorySample[]> {
    const every = Math.min(sampleEvery, Math.ceil(activities / 6));
    while (this.#next < activities) {
      const until = Math.min(activities, this.#next + every);
      await Promise.all(Array.from({ length: atOnce }, () => this.#send(until)));
      await this.#collections;
      const sample = await this.#sample();
      this.#samples.push(sample);
      const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
      const perSecond = Math.round(this.#next / ((performance.now() - this.#began) / 1_000));
      const { heapUsed, external, rss, handles, descriptors } = sample;
      this.#tell(
        `${this.#next} activities (${perSecond}/s): heap ${mb(heapUsed)}, external ${mb(external)}, rss ${mb(rss)}, ` +
          `${handles} handles, ${descriptors} descriptors`,
      );
    }
    return this.#samples;
  }

  async #send(until: number): Promise<void> {
    while (this.#next < until) {
      const n = this.#next;
      this.#next += 1;
      await pause(Math.max(0, this.#began + (n * 1_000) / perSecond - performance.now()));
      if (n % collectEvery === 0) this.#collections = this.#collections.then(() => this.#collect(n / collectEvery));
      const { botFramework } = this.#sandbox;
      const status = await this.#town.deliver(botFramework, this.#bot.messagesUrl, this.#activity(n));
      if (status >= 300) throw new Error(`activity ${n} was answered with ${status}`);
    }
  }

  /** A mixture as of a busy day, and of bad days. */
  #activity(n: number): JsonObject {
    const [flooder] = this.#town.people;
    if (n % flooderEvery === 0) return this.#town.message(known(flooder), known(flooder).personal, 'collect collect');
    const somebody = this.#random.of(this.#town.people);
    const { personal, channel } = somebody;
    const device = known(numbered(this.#random.between(0, deviceCount - 1))).id;
    switch (this.#random.between(0, 9)) {
      case 0:
        return this.#town.message(somebody, personal, `/collect ${device} suspicious logon, alert ${n}`);
      case 1:
      case 2:
        return this.#town.buttons.shift() ?? this.#town.message(somebody, personal, 'collect');
      case 3:
      case 4:
        return this.#town.message(somebody, channel, '/help');
      case 5:
      case 6:
        return this.#town.message(somebody, personal, 'hello');
      case 7:
        return this.#town.message(somebody, personal, '/status');
      case 8:
        return this.#town.message(somebody, channel, `/colect "${'x'.repeat(this.#random.between(1, 400))}`);
      case 9:
        return this.#town.message(somebody, personal, `/history '; drop table request; -- \u0000 <at>x</at> ${n}`);
    }
    throw new RangeError('there are ten kinds');
  }

  /** From the command to the closing message. Others are many, so each step has its time. */
  async #collect(n: number): Promise<void> {
    const person: Person = n % 2 === 0 ? mia : omar;
    const { computerDnsName: name, id } = numbered(n % deviceCount);
    const chat = this.#sandbox.places.personal(person);
    const before = chat.messages.length;
    const client = this.#sandbox.client(person);
    await client.say(chat, `/collect ${id} suspicious logon, case ${n}.`);
    const isNew = (message: Message) => chat.messages.indexOf(message) >= before;
    const card = await chat.card((each) => isNew(each) && each.buttons.includes('Collect'), stepPatience);
    await client.click(card, 'Collect');
    const isClosing = ({ cards, content }: Message) => cards.length === 0 && content.includes(name);
    await chat.message((each) => isNew(each) && isClosing(each), stepPatience);
  }

  async #sample(): Promise<MemorySample> {
    const mark = memoryMark(this.#samples.length + 1);
    process.kill(this.#bot.pid, 'SIGUSR2');
    await this.#bot.says(mark);
    const line = known(this.#bot.lines.find((each) => each.startsWith(mark)));
    const read = memory.parse(JSON.parse(line.slice(mark.length)));
    return { ...read, activities: this.#next, descriptors: readdirSync(`/proc/${this.#bot.pid}/fd`).length };
  }
}

function numbered(n: number): Device {
  return {
    ...fineDevice,
    id: (0x10_00_00 + n).toString(16).padStart(40, '5'),
    computerDnsName: `pc-${n}.contoso.example`,
  };
}
