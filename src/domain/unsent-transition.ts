/** What can happen to a collection before its POST: it is `queued`, or `awaitingSignIn`. */
import { nextRound, nothingNew, notNow, silently, stale, visibly } from './collection-change.ts';
import { type CollectionEvent, isOfFollowing } from './collection-event.ts';
import { startFollowing } from './following-transition.ts';
import { type Instant, later } from './instant.ts';
import { lookPause, sendPatience, signInPatience } from './patience.ts';
import { isSamePerson, type Person } from './person.ts';
import { type Problem, stillRefused, wantsProof } from './problem.ts';
import type { AwaitingSignIn, Collection, Queued, Submitting } from './request.ts';
import type { Outcome } from './transition.ts';

type Unsent = Queued | AwaitingSignIn;

/** Applies an event to a collection that is not on its way. */
export function changeUnsent(
  unsent: Unsent,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  const { id, ref, device, attempts } = unsent;
  const head = { id, ref, device };
  if (isOfFollowing(event)) return notNow;
  switch (event.type) {
    case 'attemptStarted': {
      if (unsent.state !== 'queued') return notNow;
      const started = { ...attempts, count: attempts.count + 1, firstAt: attempts.firstAt ?? now };
      const attempt = { startedAt: now, emptyLooks: 0, saidAlreadyRunning: false };
      const { queuedAt } = unsent;
      const to: Submitting = {
        ...head,
        ...lastSignIn(unsent),
        state: 'submitting',
        queuedAt,
        attempts: started,
        ...attempt,
      };
      // A card that says that nothing was sent must not go on saying so.
      return unsent.delayedBy === undefined ? silently(to, []) : visibly(to);
    }
    case 'accepted':
      // The attempt was given up, but no other has begun: sending once more would start it twice.
      return event.attempt === attempts.count && attempts.count > 0 ? startFollowing(head, event, now) : stale;
    case 'joined':
      if (unsent.state !== 'queued') return notNow;
      return startFollowing(head, { ...event, ownership: { kind: 'joined' } }, now);
    case 'refused':
      if (event.attempt !== attempts.count) return stale;
      return visibly({ ...head, state: 'refused', problem: event.problem, finishedAt: now });
    case 'notSent':
      if (unsent.state !== 'queued' || event.attempt !== attempts.count) return stale;
      return requeue(unsent, event.problem, event.retryMs, now);
    case 'tokenMissing':
      return unsent.state === 'queued' ? awaitSignIn(unsent, event.problem, now) : nothingNew;
    case 'signedIn':
      if (unsent.state !== 'awaitingSignIn' || !isSamePerson(event.by, requester)) return nothingNew;
      return sendAfterSignIn(unsent, now);
    case 'deviceBusy':
      return unsent.state === 'queued' ? silently(...nextRound(unsent, lookPause)) : notNow;
    case 'withdrawn':
      return visibly({ ...head, state: 'withdrawn', finishedAt: now });
    case 'timePassed':
      if (unsent.state !== 'awaitingSignIn' || now < unsent.expiresAt) return nothingNew;
      return visibly({ ...head, state: 'expired', finishedAt: now });
    case 'tokenRejected':
    case 'unclear':
    case 'saidAlreadyRunning':
    case 'lookedInVain':
    case 'lookFailed':
    case 'lookNeedsSignIn':
      return notNow;
  }
}

function sendAfterSignIn({ id, ref, device, attempts, problem }: AwaitingSignIn, now: Instant): Outcome<Collection> {
  const why = wantsProof(problem) ? { signedInAfter: problem } : {};
  return visibly(...nextRound<Queued>({ id, ref, device, attempts, state: 'queued', queuedAt: now, ...why }, 0));
}

/** The same refusal once more, after the sign-in that was to mend it, is the end: another sign-in would not help. */
export function awaitSignIn(
  { id, ref, device, attempts, signedInAfter }: Queued | Submitting,
  problem: Problem | undefined,
  now: Instant,
): Outcome<Collection> {
  if (wantsProof(problem) && signedInAfter !== undefined) {
    return visibly({ id, ref, device, state: 'refused', problem: stillRefused(problem), finishedAt: now });
  }
  const expiresAt = later(now, signInPatience);
  const why = problem === undefined ? {} : { problem };
  return visibly({ id, ref, device, attempts, state: 'awaitingSignIn', since: now, expiresAt, ...why }, [
    { kind: 'expire', at: expiresAt },
  ]);
}

/** Tried again and again for the same reason it says so once: a card is not edited for nothing. */
export function requeue(of: Queued | Submitting, problem: Problem, retryMs: number, now: Instant): Outcome<Collection> {
  const { id, ref, device, attempts, queuedAt } = of;
  if (now - queuedAt >= sendPatience) return visibly({ id, ref, device, state: 'refused', problem, finishedAt: now });
  if (of.state === 'queued' && of.delayedBy?.kind === problem.kind) return silently(...nextRound(of, retryMs));
  const head = { id, ref, device, attempts, ...lastSignIn(of) };
  return visibly(...nextRound<Queued>({ ...head, state: 'queued', queuedAt, delayedBy: problem }, retryMs));
}

/** What an unsent collection takes along of the sign-in before it. */
function lastSignIn(of: Collection): Pick<Queued, 'signedInAfter'> {
  return 'signedInAfter' in of && of.signedInAfter !== undefined ? { signedInAfter: of.signedInAfter } : {};
}
