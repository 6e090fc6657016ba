/** What the rooms of a collection's transitions share: how they say what an event did, and what has to happen next. */
import type { Person } from './person.ts';
import { type Collection, type Queued, roundOf, type Submitting } from './request.ts';
import type { Effect, Outcome } from './transition.ts';

/** The collection is past that, or not there yet. */
export const notNow = { kind: 'unchanged', why: 'notNow' } as const;
/** A late answer to an attempt that has been given up. */
export const stale = { kind: 'unchanged', why: 'staleAttempt' } as const;
/** It says what is known already. */
export const nothingNew = { kind: 'unchanged', why: 'nothingNew' } as const;

/** What holds in every state. */
export type Head = Pick<Collection, 'id' | 'ref' | 'device'>;

/** The job of its present round: sends it, or looks what became of it, `afterMs` from now. */
export function submit(of: Queued | Submitting, afterMs: number): Effect {
  return { kind: 'submit', collection: of.id, device: of.device.id, round: roundOf(of), afterMs };
}

/** Its next round, with the job of that: whichever job is still under way for an earlier one ends itself. */
export function nextRound<Unsent extends Queued | Submitting>(
  of: Unsent,
  afterMs: number,
): readonly [Unsent, readonly Effect[]] {
  const next = { ...of, attempts: { ...of.attempts, round: roundOf(of) + 1 } };
  return [next, [submit(next, afterMs)]];
}

/** Looks at it with the token of this watcher not later than `afterMs` from now. */
export function follow(watcher: Person, afterMs: number): Effect {
  return { kind: 'follow', watcher: watcher.oid, afterMs };
}

/** A change that no card shows. */
export function silently(to: Collection, effects: readonly Effect[]): Outcome<Collection> {
  return { kind: 'changed', to, effects };
}

/** A change that people see. */
export function visibly(to: Collection, effects: readonly Effect[] = []): Outcome<Collection> {
  return { kind: 'changed', to, effects: [{ kind: 'announce' }, ...effects] };
}
