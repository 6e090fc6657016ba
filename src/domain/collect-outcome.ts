import type { DefenderFailure, DefenderResult } from './defender-failure.ts';
import { type Instant, second } from './instant.ts';
import { isAbout, type MachineAction } from './machine-action.ts';
import { type Claim, type FoundAction, ownershipOfAnswer } from './ownership.ts';
import type { Problem } from './problem.ts';
import { defaultThrottleMs, problemOfFailure } from './problem-of-failure.ts';

/** Pause before a POST that never reached Defender is tried again. */
export const unsentPause = 10 * second;

/** What the answer to the collect POST means. */
export type CollectOutcome =
  /** Defender has an action: the collection's own, or one that it joins. */
  | ({ readonly kind: 'accepted' } & FoundAction)
  /** 400 `ActiveRequestAlreadyExists`: one runs, find it. */
  | { readonly kind: 'alreadyRunning' }
  /** A clear no: nothing was started, and asking again would not help by itself. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Surely nothing was started; `retryMs` until the next attempt. */
  | { readonly kind: 'notSent'; readonly problem: Problem; readonly retryMs: number }
  /** 401: nothing was started, a new sign-in may help. */
  | { readonly kind: 'tokenRejected'; readonly problem: Problem }
  /** The action may have been started: look, do not resend. */
  | { readonly kind: 'unclear' };

/** Judges the answer to a collection's POST. `claim` is the collection's, `now` the moment of the answer. */
export function judgeCollectAnswer(result: DefenderResult<MachineAction>, claim: Claim, now: Instant): CollectOutcome {
  if (!result.ok) return judgeFailure(result.failure, now);
  // An action on another device answers another question.
  if (!isAbout(result.value, claim.device)) return { kind: 'unclear' };
  return { kind: 'accepted', action: result.value, ownership: ownershipOfAnswer(result.value, claim) };
}

function judgeFailure(failure: DefenderFailure, now: Instant): CollectOutcome {
  const problem = problemOfFailure(failure, now);
  switch (failure.kind) {
    case 'unanswered':
      return failure.sent ? { kind: 'unclear' } : { kind: 'notSent', problem, retryMs: unsentPause };
    case 'noBudget':
      return { kind: 'notSent', problem, retryMs: failure.retryAfterMs };
    case 'unreadable':
      return { kind: 'unclear' };
    case 'answered':
      if (failure.status === 401) return { kind: 'tokenRejected', problem };
      if (failure.status === 429) {
        return { kind: 'notSent', problem, retryMs: failure.retryAfterMs ?? defaultThrottleMs };
      }
      if (problem.kind === 'alreadyRunningUnseen') return { kind: 'alreadyRunning' };
      // A proxy's 5xx, or its 408, says nothing of what happened behind it.
      if (problem.kind === 'defenderUnavailable') return { kind: 'unclear' };
      return { kind: 'refused', problem };
  }
}
