/** One bot that is killed again and again, at moments that a seed decides, while people go on asking. */
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../fleet/random.ts';
import { mia, omar, type Person } from '../sandbox/people.ts';
import { inDirectory, Lane } from './lane.ts';
import type { Errand } from './responder.ts';

/** Each of them asks for one collection after the other: a single one would be stopped as a flood. */
const people = [mia, omar];
/** A kill comes within this time, so that a collection gets anywhere between its message and its end. */
const longestLife = 6_000;
/** Of a hundred kills so many come in the middle of a start, within this time. */
const duringStart = { percent: 20, withinMs: 1_500 };

/** Kills one bot so often. The same seed gives the same moments, counted from each start. */
export class RandomKills {
  readonly #random: Random;
  readonly #kills: number;
  readonly #tell: (line: string) => void;
  readonly #killedAt: number[] = [];
  readonly #errands: Errand[] = [];

  /** @param tell prints the progress */
  constructor(seed: number, kills: number, tell: (line: string) => void) {
    this.#random = new Random(seed);
    this.#kills = kills;
    this.#tell = tell;
  }

  /** Throws when anything was lost or doubled, or did not come to its end. */
  async run(): Promise<void> {
    const lane = await Lane.open(await inDirectory());
    await Promise.all([this.#kill(lane), ...people.map((person) => this.#ask(lane, person))]);
    for (const errand of this.#errands) lane.check(errand, this.#killedAt);
    this.#tell(`${this.#killedAt.length} kills, ${this.#errands.length} collections, each sent once and told`);
    await lane.close();
  }

  async #kill({ life }: Lane): Promise<void> {
    while (this.#killedAt.length < this.#kills) {
      const again = this.#random.percent(duringStart.percent);
      await delay(this.#random.between(0, longestLife));
      const starts = [this.#killOnce(life)];
      if (again && this.#killedAt.length < this.#kills) {
        await delay(this.#random.between(0, duringStart.withinMs));
        starts.push(this.#killOnce(life));
      }
      await Promise.all(starts);
      this.#tell(`${this.#killedAt.length} kills, ${this.#errands.length} collections asked for`);
    }
  }

  #killOnce(life: Lane['life']): Promise<void> {
    this.#killedAt.push(Date.now());
    return life.killAndRestart();
  }

  /** One collection after the other, until the last kill; the last one is played to its end. */
  async #ask(lane: Lane, person: Person): Promise<void> {
    lane.sandbox.tokenService.signIn(person);
    while (this.#killedAt.length < this.#kills) {
      const errand = lane.errand('random drill', person);
      this.#errands.push(errand);
      await errand.run();
    }
  }
}
