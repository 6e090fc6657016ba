/** What can happen to a request while it waits for a second person: approve, deny, cancel, remind, expire. */
import type { Approval } from './approval.ts';
import { released } from './confirmation.ts';
import type { Instant } from './instant.ts';
import { isSamePerson } from './person.ts';
import type { Click, CollectionName } from './proposal-transition.ts';
import type { Reason } from './reason.ts';
import type { AwaitingApproval, Request } from './request.ts';
import { changed, headOf, obstacleToRequester } from './request-change.ts';
import type { Outcome, Unchanged } from './transition.ts';

/** An event that makes sense only while a request awaits approval. */
export type ApprovalEvent =
  /** Somebody who may approve did. `upn` is what their sign-in says. */
  | {
      readonly type: 'approved';
      readonly click: Click;
      readonly upn?: string;
      readonly names: readonly CollectionName[];
    }
  | { readonly type: 'denied'; readonly click: Click; readonly reason: Reason };

/** Applies an event to a request that may still await approval. */
export function changeAwaiting(
  request: Request,
  event: ApprovalEvent | { readonly type: 'cancelled'; readonly click: Click } | { readonly type: 'timePassed' },
  now: Instant,
): Outcome<Request> {
  if (request.state !== 'awaitingApproval') return { kind: 'unchanged', why: 'notNow' };
  switch (event.type) {
    case 'timePassed':
      return onTime(request, now);
    case 'cancelled': {
      const why = obstacleToRequester(request, event.click, now);
      if (why !== undefined) return { kind: 'unchanged', why };
      const { question, devices } = request;
      return changed({ ...headOf(request), state: 'cancelled', devices, question, cancelledAt: now });
    }
    case 'approved':
    case 'denied': {
      const why = obstacleToDecide(request, event.click, now);
      if (why !== undefined) return { kind: 'unchanged', why };
      return event.type === 'approved' ? approve(request, event, now) : deny(request, event, now);
    }
  }
}

/**
 * Why this click decides nothing, as far as the request itself says; undefined when it may. Said before anybody is asked
 * to sign in, and again under the lock.
 */
export function obstacleToDecide(request: Request, click: Click, now: Instant): Unchanged | undefined {
  if (request.state !== 'awaitingApproval') return 'notNow';
  if (isSamePerson(click.by, request.requester)) return 'needsAnother';
  if (click.revision !== request.revision) return 'olderRevision';
  return now >= request.expiresAt ? 'notNow' : undefined;
}

function approve(
  request: AwaitingApproval,
  { click, upn, names }: Extract<ApprovalEvent, { readonly type: 'approved' }>,
  now: Instant,
): Outcome<Request> {
  const { question } = request;
  const approval: Approval = { question, by: click.by, at: now, ...(upn === undefined ? {} : { upn }) };
  const devices = request.devices.map(({ sighting }) => sighting.device);
  return released(request, devices, names, now, approval);
}

function deny(
  request: AwaitingApproval,
  { click, reason }: Extract<ApprovalEvent, { readonly type: 'denied' }>,
  now: Instant,
): Outcome<Request> {
  const { question, devices } = request;
  const denial = { by: click.by, reason, at: now };
  return changed({ ...headOf(request), state: 'denied', devices, question, denial });
}

/** One reminder at half the time, then the end. */
function onTime(request: AwaitingApproval, now: Instant): Outcome<Request> {
  const { question, devices } = request;
  if (now >= request.expiresAt) {
    return changed({ ...headOf(request), state: 'expired', devices, question, expiredAt: now });
  }
  if (request.remindedAt !== undefined || now < request.remindAt) return { kind: 'unchanged', why: 'nothingNew' };
  return changed({ ...request, remindedAt: now });
}
