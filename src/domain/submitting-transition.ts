/** What can happen to a collection whose POST may or may not have reached Defender. */
import { nextRound, nothingNew, notNow, silently, stale, visibly } from './collection-change.ts';
import { type CollectionEvent, isOfFollowing } from './collection-event.ts';
import { startFollowing } from './following-transition.ts';
import { type Instant, later } from './instant.ts';
import { lateAcceptance, lookPause, looksBeforeAbsent, signInPatience } from './patience.ts';
import { isSamePerson, type Person } from './person.ts';
import type { Problem } from './problem.ts';
import type { Collection, Submitting } from './request.ts';
import type { Outcome } from './transition.ts';
import { awaitSignIn, requeue } from './unsent-transition.ts';

/** Applies an event to a collection on its way. Late answers to earlier attempts are void. */
export function changeSubmitting(
  submitting: Submitting,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  const { id, ref, device, attempts } = submitting;
  if ('attempt' in event && event.attempt !== attempts.count) return stale;
  const head = { id, ref, device };
  if (isOfFollowing(event)) return notNow;
  switch (event.type) {
    case 'accepted':
      return startFollowing(head, event, now);
    case 'refused':
      return visibly({ ...head, state: 'refused', problem: event.problem, finishedAt: now });
    case 'notSent':
      return requeue(submitting, event.problem, event.retryMs, now);
    case 'tokenRejected':
      return awaitSignIn(submitting, event.problem, now);
    case 'unclear':
      return silently(...nextRound(submitting, lookPause));
    case 'saidAlreadyRunning':
      if (submitting.saidAlreadyRunning) return nothingNew;
      return visibly(...nextRound({ ...submitting, saidAlreadyRunning: true }, 0));
    case 'lookedInVain':
      return lookedInVain(submitting, now);
    case 'lookFailed':
    case 'timePassed':
      if (now - submitting.startedAt >= signInPatience) return loseTrack(submitting, now);
      return event.type === 'lookFailed' ? silently(...nextRound(submitting, lookPause)) : nothingNew;
    case 'lookNeedsSignIn':
      if (submitting.blockedSince !== undefined) return nothingNew;
      return visibly(
        { ...submitting, blockedSince: now, ...(event.problem === undefined ? {} : { blockedBy: event.problem }) },
        [{ kind: 'expire', at: later(submitting.startedAt, signInPatience) }],
      );
    case 'signedIn': {
      if (submitting.blockedSince === undefined || !isSamePerson(event.by, requester)) return nothingNew;
      const { blockedSince: _, blockedBy: __, ...unblocked } = submitting;
      return visibly(...nextRound(unblocked, 0));
    }
    case 'attemptStarted':
    case 'joined':
    case 'deviceBusy':
    case 'tokenMissing':
    case 'withdrawn':
      return notNow;
  }
}

/** Nobody could look for hours: say that the outcome is unknown rather than send it twice. */
function loseTrack({ id, ref, device }: Submitting, now: Instant): Outcome<Collection> {
  return visibly({ id, ref, device, state: 'refused', problem: { kind: 'outcomeUnknown' }, finishedAt: now });
}

/** Three empty looks and 30 s after its start an attempt is proven absent; before that, look again. */
function lookedInVain(submitting: Submitting, now: Instant): Outcome<Collection> {
  const emptyLooks = submitting.emptyLooks + 1;
  const waited = now - submitting.startedAt;
  if (emptyLooks < looksBeforeAbsent || waited < lateAcceptance) {
    const { blockedSince, blockedBy: _, ...unblocked } = { ...submitting, emptyLooks };
    const next = nextRound(unblocked, lookPause);
    return blockedSince === undefined ? silently(...next) : visibly(...next);
  }
  const { id, ref, device } = submitting;
  if (submitting.saidAlreadyRunning) {
    const problem: Problem = { kind: 'alreadyRunningUnseen' };
    return visibly({ id, ref, device, state: 'refused', problem, finishedAt: now });
  }
  return requeue(submitting, { kind: 'defenderUnavailable' }, 0, now);
}
