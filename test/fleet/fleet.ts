/** Several replicas of the real server on one real PostgreSQL, with the sandbox's activities spread over them. */
import { insist } from '../build/insist.ts';
import type { Postgres } from '../build/postgres.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.ts';
import { type BotProcess, spawnBot } from '../story/bot-process.ts';
import { Random } from './random.ts';

/** How a fleet is made. */
export interface FleetOptions {
  readonly postgres: Postgres;
  readonly replicas: number;
  /** Decides which replica gets an activity. */
  readonly seed?: number;
  readonly sandbox?: SandboxOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments for Node itself, by the replica's place. */
  readonly nodeArguments?: (place: number) => readonly string[];
}

/** One place in the fleet, and the process that fills it at the moment, at work or still starting. */
interface Replica {
  bot: BotProcess | undefined;
  isUp: boolean;
}

/** The replicas, numbered from 0. */
export class Fleet {
  readonly sandbox: Sandbox;
  readonly databaseUrl: string;
  /** The next activities go to these replicas, in this order; the others to any that was not killed. */
  readonly routes: number[] = [];
  readonly #options: FleetOptions;
  readonly #random: Random;
  readonly #replicas: Replica[] = [];
  readonly #bots: { readonly place: number; readonly bot: BotProcess }[] = [];

  constructor(sandbox: Sandbox, databaseUrl: string, options: FleetOptions) {
    this.sandbox = sandbox;
    this.databaseUrl = databaseUrl;
    this.#options = options;
    this.#random = new Random(options.seed ?? 1);
    sandbox.setBotUrl(() => this.#nextUrl());
  }

  /** Starts what the options ask for. */
  async start(): Promise<void> {
    for (let place = 0; place < this.#options.replicas; place += 1)
      this.#replicas.push({ bot: undefined, isUp: false });
    await Promise.all(this.#replicas.map((_, place) => this.replace(place)));
  }

  /** The process in this place. */
  bot(place: number): BotProcess {
    const { bot } = this.#at(place);
    if (bot === undefined) throw new Error(`replica ${place} has no process`);
    return bot;
  }

  /** Whether the process in this place works: not one that was killed, nor one that still starts. */
  isUp(place: number): boolean {
    return this.#at(place).isUp;
  }

  /** What the replicas wrote, those that are gone included, each with its place in front. */
  get lines(): readonly string[] {
    return this.#bots.flatMap(({ place, bot }) => bot.lines.map((line) => `${place} ${line}`));
  }

  /** SIGKILL. Activities go to the others from now on. */
  async kill(place: number): Promise<void> {
    this.#at(place).isUp = false;
    await this.bot(place).kill();
  }

  /** A new process in place of one that was killed; resolves when it works. */
  async replace(place: number): Promise<void> {
    const replica = this.#at(place);
    await insist(async () => {
      replica.bot = await spawnBot({
        environment: { ...this.sandbox.environment(), ...this.#options.environment },
        databaseUrl: this.databaseUrl,
        nodeArguments: this.#options.nodeArguments?.(place) ?? [],
      });
      this.#bots.push({ place, bot: replica.bot });
      await replica.bot.says('"msg":"working"');
    });
    replica.isUp = true;
  }

  /** Stops everything but PostgreSQL. */
  async stop(): Promise<void> {
    await Promise.all(this.#replicas.map(({ bot, isUp }) => (isUp ? bot?.stop() : bot?.kill())));
    await this.sandbox.stop();
  }

  #nextUrl(): string {
    const routed = this.routes.shift();
    if (routed !== undefined) return this.bot(routed).messagesUrl;
    const up = this.#replicas.flatMap(({ bot, isUp }) => (isUp && bot !== undefined ? [bot] : []));
    return this.#random.of(up).messagesUrl;
  }

  #at(place: number): Replica {
    const replica = this.#replicas[place];
    if (replica === undefined) throw new RangeError(`the fleet has no replica ${place}`);
    return replica;
  }
}

/** Starts the sandbox, a fresh database, and the replicas, all at once: whoever comes first makes the tables. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const fleet = new Fleet(await startSandbox(options.sandbox), await options.postgres.freshDatabase(), options);
  await fleet.start();
  return fleet;
}
