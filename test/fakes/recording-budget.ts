import type { CallAnswer, CallWish } from '../../src/domain/call-budget.ts';
import type { DefenderBudget } from '../../src/ports.ts';

/** A budget that keeps what was asked of it. It does not end unless a test says so. */
export class RecordingBudget implements DefenderBudget {
  left = Number.POSITIVE_INFINITY;
  readonly wishes: CallWish[] = [];
  readonly pauses: (readonly [api: CallWish['api'], ms: number])[] = [];

  async take(wish: CallWish): Promise<CallAnswer> {
    this.wishes.push(wish);
    if (this.left === 0) return { kind: 'none', retryAfterMs: 7_000 };
    this.left -= 1;
    return { kind: 'taken' };
  }

  async pause(api: CallWish['api'], ms: number): Promise<void> {
    this.pauses.push([api, ms]);
  }
}
