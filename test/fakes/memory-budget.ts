import {
  type CallAnswer,
  type CallLedger,
  type CallWish,
  callMemory,
  type DefenderApi,
  pauseCalls,
  ruleOnCall,
} from '../../src/domain/call-budget.ts';
import { type Instant, later } from '../../src/domain/instant.ts';
import type { DefenderBudget } from '../../src/ports.ts';

/** The budget in memory, by the rules of the real one. */
export class MemoryBudget implements DefenderBudget {
  readonly #clock: () => Instant;
  readonly #ledgers = new Map<DefenderApi, CallLedger>();

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  async take(wish: CallWish): Promise<CallAnswer> {
    const ledger = this.#ledger(wish.api);
    const now = this.#clock();
    const { answer, removed, added } = ruleOnCall(ledger, wish, now);
    const kept = ledger.calls.filter((each) => each !== removed && each.at > now - callMemory);
    const calls = added === undefined ? kept : [...kept, added].toSorted((one, other) => one.at - other.at);
    this.#ledgers.set(wish.api, { ...ledger, calls });
    return answer;
  }

  async pause(api: DefenderApi, ms: number): Promise<void> {
    const now = this.#clock();
    const ledger = this.#ledger(api);
    const { pausedUntil, turnsLaterMs } = pauseCalls(ledger, ms, now);
    const calls = ledger.calls.map((each) =>
      each.turnOf !== undefined && each.at > now ? { ...each, at: later(each.at, turnsLaterMs) } : each,
    );
    this.#ledgers.set(api, { calls, pausedUntil });
  }

  #ledger(api: DefenderApi): CallLedger {
    return this.#ledgers.get(api) ?? { calls: [] };
  }
}
