/** What the rooms of a request's transitions share. */
import type { Instant } from './instant.ts';
import { isSamePerson } from './person.ts';
import type { Click } from './proposal-transition.ts';
import type { Request, RequestHead } from './request.ts';
import type { Effect, Outcome, Unchanged } from './transition.ts';

/** A change that people see. */
export function changed(to: Request, ...effects: readonly Effect[]): Outcome<Request> {
  return { kind: 'changed', to, effects: [{ kind: 'announce' }, ...effects] };
}

/** What a request keeps from each state to the next. */
export function headOf({
  id,
  revision,
  requester,
  place,
  reason,
  askedAt,
  language,
  leftOut,
}: RequestHead): RequestHead {
  const head = { id, revision, requester, place, reason, askedAt, language };
  return leftOut === undefined ? head : { ...head, leftOut };
}

/** Why a click that only the requester may make, and only in time, changes nothing; undefined when it may. */
export function obstacleToRequester(
  { requester, revision, expiresAt }: RequestHead & { readonly expiresAt: Instant },
  click: Click,
  now: Instant,
): Unchanged | undefined {
  if (!isSamePerson(click.by, requester)) return 'notForYou';
  if (click.revision !== revision) return 'olderRevision';
  return now >= expiresAt ? 'notNow' : undefined;
}
