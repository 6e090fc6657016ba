import type { DefenderFailure } from './defender-failure.ts';
import { type Instant, later, minute } from './instant.ts';
import type { Problem } from './problem.ts';

/** An error status of Defender with what its body said. */
export type DefenderAnswer = Extract<DefenderFailure, { readonly kind: 'answered' }>;

/** How long to leave Defender alone after a 429 without a readable `Retry-After`. */
export const defaultThrottleMs = minute;

/** A line of the error table. */
export interface DefenderErrorRow {
  /** One status, or the first and the last of a range. */
  readonly status: number | readonly [first: number, last: number];
  /** Defender's error codes, compared without regard to case; any code where there is no list. */
  readonly codes?: readonly string[];
  /** What it means; undefined where the message does not say what this row is for. */
  readonly problem: (answer: DefenderAnswer, now: Instant) => Problem | undefined;
}

/**
 * What each error of the API means, first match wins. Codes are those of Microsoft's page 'Common REST API error
 * codes', and `ActiveRequestAlreadyExists` as others observed it.
 */
export const defenderErrors: readonly DefenderErrorRow[] = [
  { status: 400, codes: ['ActiveRequestAlreadyExists'], problem: () => ({ kind: 'alreadyRunningUnseen' }) },
  {
    status: 400,
    codes: ['OsPlatformNotSupported', 'ClientVersionNotSupported'],
    problem: ({ code }) => ({ kind: 'deviceNotSupported', code }),
  },
  // Entra had nothing against the token, so a fresh sign-in is the one thing that may help.
  { status: 401, problem: () => ({ kind: 'moreProofNeeded' }) },
  {
    status: 403,
    codes: ['DisabledFeature', 'DisallowedOperation'],
    problem: ({ code }) => ({ kind: 'actionNotOffered', code }),
  },
  { status: 403, problem: missingPermission },
  { status: 403, problem: () => ({ kind: 'notPermitted' }) },
  { status: 404, codes: ['ResourceNotFound'], problem: () => ({ kind: 'deviceNotFound' }) },
  { status: 408, problem: () => ({ kind: 'defenderUnavailable' }) },
  {
    status: 429,
    problem: ({ retryAfterMs }, now) => ({ kind: 'throttled', until: later(now, retryAfterMs ?? defaultThrottleMs) }),
  },
  { status: [500, 599], problem: () => ({ kind: 'defenderUnavailable' }) },
];

/** What a failed call to Defender means for the person who asked. */
export function problemOfFailure(failure: DefenderFailure, now: Instant): Problem {
  switch (failure.kind) {
    case 'answered': {
      const problem = problemOfAnswer(failure, now);
      return failure.correlationId === undefined ? problem : { ...problem, correlationId: failure.correlationId };
    }
    case 'unanswered':
      return { kind: 'defenderUnavailable' };
    case 'noBudget':
      return { kind: 'noBudget', until: later(now, failure.retryAfterMs), waitMs: failure.retryAfterMs };
    case 'unreadable':
      return { kind: 'defenderUnreadable' };
  }
}

function problemOfAnswer(answer: DefenderAnswer, now: Instant): Problem {
  for (const row of defenderErrors) {
    const problem = matches(row, answer) ? row.problem(answer, now) : undefined;
    if (problem !== undefined) return problem;
  }
  return { kind: 'defenderRefused', status: answer.status, code: answer.code };
}

function matches({ status, codes }: DefenderErrorRow, answer: DefenderAnswer): boolean {
  const [first, last] = typeof status === 'number' ? [status, status] : status;
  if (answer.status < first || answer.status > last) return false;
  return codes === undefined || codes.some((code) => code.toLowerCase() === answer.code.toLowerCase());
}

/** A 403 names the permission that it misses first; what else it lists are alternatives (defender-api, trap 6). */
function missingPermission({ message }: DefenderAnswer): Problem | undefined {
  const name = /\bMachine\.(CollectForensics|Read)/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const permission = name === 'Read' ? 'Machine.Read' : 'Machine.CollectForensics';
  return { kind: 'permissionMissing', permission };
}
