/** The faults that a chaos run chooses from: what the real services do now and then. */
import type { Fault } from '../sandbox/faults.ts';
import type { Operation } from '../sandbox/operations.ts';

/** An operation, and what may go wrong with it. One that is named twice is chosen twice as often. */
export interface FaultChoice {
  readonly operation: Operation;
  readonly faults: readonly Fault[];
  /** Its outcome is unknown to the bot and nothing was done: it looks for 30 s before it sends again. */
  readonly leavesDoubt?: true;
}

const throttled = { kind: 'answer', status: 429, headers: { 'Retry-After': '2' } } as const;
const html = { kind: 'answer', status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' } as const;
const unavailable = { kind: 'answer', status: 503 } as const;
const failed = { kind: 'answer', status: 500 } as const;
const reset = { kind: 'reset' } as const;
const loseAnswer = { kind: 'loseAnswer' } as const;
const slow = { kind: 'answerLate', milliseconds: 2_000 } as const;
const tooSlow = { kind: 'answerLate', milliseconds: 18_000 } as const;
const truncate = { kind: 'truncate' } as const;
const failedAfterActing = { kind: 'answerInstead', status: 500 } as const;
const hang = { kind: 'hang' } as const;

const reads = [throttled, html, unavailable, failed, reset, slow, truncate] as const;
const writes = [throttled, html, unavailable, reset, loseAnswer, failedAfterActing, slow, truncate] as const;

/** Everything to choose from. */
export const faultChoices: readonly FaultChoice[] = [
  { operation: 'defender.collect', faults: [throttled, loseAnswer, failedAfterActing, slow, truncate] },
  { operation: 'defender.collect', faults: [loseAnswer, failedAfterActing, tooSlow] },
  {
    operation: 'defender.collect',
    faults: [failed, html, reset, hang, { kind: 'actLate', milliseconds: 8_000 }],
    leavesDoubt: true,
  },
  // What a look-up does not survive ends on the card, and its person gives up: too much of it, and nothing is sent.
  { operation: 'defender.getMachine', faults: [html, slow] },
  { operation: 'defender.listActions', faults: reads },
  { operation: 'defender.listActions', faults: reads },
  { operation: 'defender.getAction', faults: reads },
  { operation: 'defender.cancel', faults: [unavailable, loseAnswer, slow] },
  { operation: 'connector.send', faults: [...writes, { kind: 'answer', status: 412 }] },
  { operation: 'connector.send', faults: writes },
  { operation: 'connector.send', faults: [tooSlow, hang] },
  { operation: 'connector.update', faults: writes },
  { operation: 'connector.update', faults: writes },
  { operation: 'connector.createConversation', faults: [throttled, unavailable, reset, slow] },
  { operation: 'tokenService.getToken', faults: [unavailable, failed, reset, slow, hang] },
  { operation: 'tokenService.exchange', faults: [unavailable, reset, loseAnswer, slow] },
  { operation: 'tokenService.getSignInResource', faults: [unavailable, reset, slow] },
  { operation: 'tokenService.signOut', faults: [unavailable, loseAnswer] },
  { operation: 'entra.obo', faults: [throttled, unavailable, reset, slow, hang] },
  { operation: 'entra.clientCredentials', faults: [unavailable, reset, slow] },
  { operation: 'entra.discovery', faults: [unavailable, slow] },
  { operation: 'botFramework.keys', faults: [unavailable, reset, slow] },
  { operation: 'botFramework.openId', faults: [unavailable, reset, slow] },
];
