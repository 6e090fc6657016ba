import type { CallPriority, CallWish, DefenderApi } from '../../src/domain/call-budget.ts';
import type { DefenderResult } from '../../src/domain/defender-failure.ts';
import type { DeviceId, MachineActionId } from '../../src/domain/ids.ts';
import { hour, type Instant, minute } from '../../src/domain/instant.ts';
import type { DefenderToken } from '../../src/domain/secret.ts';
import type { Defender, DefenderBudget } from '../../src/ports.ts';
import { RateWindows } from '../sandbox/rate-windows.ts';

const usual = [
  { count: 100, milliseconds: minute },
  { count: 1_500, milliseconds: hour },
];
const ofLinks = [
  { count: 2, milliseconds: minute },
  { count: 120, milliseconds: hour },
];

/** Counts on Defender's side: sliding windows over every call that arrives, whoever sends it. */
export class LimitCounter {
  readonly #usual: RateWindows;
  readonly #links: RateWindows;
  /** How many calls arrived. */
  readonly arrived = new Map<DefenderApi, number>();
  /** How many were refused with 429. */
  refused = 0;

  constructor(clock: () => Instant) {
    this.#usual = new RateWindows(usual, clock);
    this.#links = new RateWindows(ofLinks, clock);
  }

  /** Counts a call; false when Defender would answer 429. */
  count(api: DefenderApi): boolean {
    this.arrived.set(api, (this.arrived.get(api) ?? 0) + 1);
    const isWithin = (api === 'packageLink' ? this.#links : this.#usual).take(api) === undefined;
    if (!isWithin) this.refused += 1;
    return isWithin;
  }
}

/** Defender behind our budget and its own limits. A list has one page, and nothing is repeated. */
export class LimitedDefender implements Defender {
  readonly #defender: Defender;
  readonly #budget: DefenderBudget;
  readonly #priority: CallPriority;
  readonly #counter: LimitCounter;

  constructor(defender: Defender, budget: DefenderBudget, priority: CallPriority, counter: LimitCounter) {
    this.#defender = defender;
    this.#budget = budget;
    this.#priority = priority;
    this.#counter = counter;
  }

  device(token: DefenderToken, id: DeviceId) {
    return this.#call(this.#wish('device'), () => this.#defender.device(token, id));
  }

  devicesNear(token: DefenderToken, name: string) {
    return this.#call(this.#wish('devices'), () => this.#defender.devicesNear(token, name));
  }

  devicesNamed(token: DefenderToken, name: string) {
    return this.#call(this.#wish('devices'), () => this.#defender.devicesNamed(token, name));
  }

  collect(token: DefenderToken, id: DeviceId, comment: string, sendBefore: number) {
    const wish = { api: 'collect', priority: this.#priority, turnOf: id } as const;
    return this.#call(wish, () => this.#defender.collect(token, id, comment, sendBefore));
  }

  action(token: DefenderToken, id: MachineActionId) {
    return this.#call(this.#wish('action'), () => this.#defender.action(token, id));
  }

  actionsOnDevice(token: DefenderToken, id: DeviceId, since: Instant | undefined) {
    return this.#call(this.#wish('actions'), () => this.#defender.actionsOnDevice(token, id, since));
  }

  actionsOfRequestor(token: DefenderToken, requestor: string, since: Instant) {
    return this.#call(this.#wish('actions'), () => this.#defender.actionsOfRequestor(token, requestor, since));
  }

  actionsSince(token: DefenderToken, since: Instant) {
    return this.#call(this.#wish('actions'), () => this.#defender.actionsSince(token, since));
  }

  cancel(token: DefenderToken, id: MachineActionId, comment: string) {
    return this.#call(this.#wish('cancel'), () => this.#defender.cancel(token, id, comment));
  }

  packageLink(token: DefenderToken, id: MachineActionId) {
    return this.#call(this.#wish('packageLink'), () => this.#defender.packageLink(token, id));
  }

  #wish(api: Exclude<DefenderApi, 'collect'>): CallWish {
    return { api, priority: this.#priority };
  }

  async #call<Value>(wish: CallWish, work: () => Promise<DefenderResult<Value>>): Promise<DefenderResult<Value>> {
    const answer = await this.#budget.take(wish);
    if (answer.kind === 'none') {
      return { ok: false, failure: { kind: 'noBudget', retryAfterMs: answer.retryAfterMs } };
    }
    if (this.#counter.count(wish.api)) return await work();
    return { ok: false, failure: { kind: 'answered', status: 429, code: 'TooManyRequests', message: '' } };
  }
}
