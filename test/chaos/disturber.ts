/** Makes a schedule's disturbances happen, and undoes each when its time is over. */
import { setTimeout as pause } from 'node:timers/promises';
import { insist } from '../build/insist.ts';
import type { Postgres } from '../build/postgres.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { mia, omar } from '../sandbox/people.ts';
import type { PeopleAtWork } from './people-at-work.ts';
import type { Disturbance } from './schedule.ts';

/** When somebody's answer may have been lost without a fault on its own call. Milliseconds since 1970. */
export interface Moment {
  readonly kind: Disturbance['kind'];
  readonly at: number;
}

/** Breaks things. */
export class Disturber {
  readonly moments: Moment[] = [];
  readonly #fleet: Fleet;
  readonly #postgres: Postgres;
  readonly #people: PeopleAtWork;

  constructor(fleet: Fleet, postgres: Postgres, people: PeopleAtWork) {
    this.#fleet = fleet;
    this.#postgres = postgres;
    this.#people = people;
  }

  /**
   * Makes one happen; resolves when it is over, a fault's when it waits for its call. A replica that has not come up again
   * is left alone.
   */
  async disturb(disturbance: Disturbance): Promise<void> {
    const { sandbox } = this.#fleet;
    if ('replica' in disturbance && !this.#fleet.isUp(disturbance.replica)) return;
    this.moments.push({ kind: disturbance.kind, at: Date.now() });
    switch (disturbance.kind) {
      case 'fault': {
        const { operation, fault, times } = disturbance;
        sandbox.faults.inject(operation, fault, { times });
        return;
      }
      case 'hostDown': {
        const host = sandbox.hosts[disturbance.host];
        await host.down();
        await pause(disturbance.forMs);
        return await insist(() => host.up());
      }
      case 'kill':
        await this.#fleet.kill(disturbance.replica);
        await pause(disturbance.forMs);
        return await this.#fleet.replace(disturbance.replica);
      case 'pause':
        this.#fleet.bot(disturbance.replica).pause();
        await pause(disturbance.forMs);
        this.#fleet.bot(disturbance.replica).resume();
        return;
      case 'restartPostgres':
        return await this.#postgres.restart();
      case 'forgetToken':
        sandbox.tokenService.forget(disturbance.person === 'mia' ? mia : omar);
        return;
      case 'signOut':
        return await this.#people.signOut(disturbance.person);
    }
  }
}
