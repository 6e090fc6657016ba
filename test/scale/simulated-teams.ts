/** Conversations that count what is written into them, on a simulated clock, with Teams' own limits. */
import type { Instant } from '../../src/domain/instant.ts';
import { wireAdapter } from '../fakes/wire-adapter.ts';
import { sendLimits } from '../sandbox/connector-rules.ts';
import { RateWindows } from '../sandbox/rate-windows.ts';

/** A post or an edit that Teams took. */
export interface Written {
  readonly how: 'post' | 'edit';
  readonly at: Instant;
  /** Without a thread. */
  readonly conversation: string;
  readonly activity: string;
}

/** Per bot and tenant (page 'Optimize your bot with rate limiting in Teams'). */
const tenantLimits = [{ count: 50, milliseconds: 1_000 }];

/** Teams. */
export class SimulatedTeams {
  readonly written: Written[] = [];
  /** How often it said 429. */
  refused = 0;
  readonly adapter;
  readonly #perConversation: RateWindows;
  readonly #perTenant: RateWindows;

  constructor(now: () => Instant) {
    this.#perConversation = new RateWindows(sendLimits, now);
    this.#perTenant = new RateWindows(tenantLimits, now);
    this.adapter = wireAdapter((how, where, { id }) => {
      const [conversation = ''] = where.split(';');
      const wait = this.#perConversation.take(conversation) ?? this.#perTenant.take('');
      if (wait !== undefined) {
        this.refused += 1;
        throw Object.assign(new Error('refused'), { statusCode: 429, body: { error: { code: 'Throttled' } } });
      }
      const activity = how === 'edit' && id !== undefined ? id : String(1_772_421_120_000 + this.written.length);
      this.written.push({ how, at: now(), conversation, activity });
      return activity;
    });
  }
}
