/** What can happen to one collection after its request was confirmed. */
import type { Instant } from './instant.ts';
import { day, hour, later, second } from './instant.ts';
import { type FinalStatus, isAbout, isFinalStatus, type MachineAction } from './machine-action.ts';
import { isSamePerson, type Person } from './person.ts';
import type { Problem } from './problem.ts';
import type { Collection, Finished, Ownership, Queued, Running, Submitting, Unwatched } from './request.ts';
import type { Effect, Outcome } from './transition.ts';

/** How long a collection waits for its requester to sign in again. */
export const signInPatience = 8 * hour;
/** How long an action is followed: an offline device keeps it Pending for days. */
export const followPatience = 3 * day;
/** How long a collection that surely was not sent is tried again. */
export const sendPatience = hour;
/** Pause between two looks for an action whose POST had no clear end. */
export const lookPause = 10 * second;
/** An attempt counts as absent only this long after its start: the list lags, and Defender may accept late. */
export const lateAcceptance = 30 * second;
/** … and only after this many empty looks. */
export const looksBeforeAbsent = 3;
/** First look at a fresh action. */
const firstLook = 2 * second;

/** Something that happened to one collection. `attempt` voids late answers to earlier attempts. */
export type CollectionEvent =
  /** The next POST is about to be sent. */
  | { readonly type: 'attemptStarted' }
  /** Defender has an action for it: answered by the POST, or found by a look. */
  | {
      readonly type: 'accepted';
      readonly attempt: number;
      readonly action: MachineAction;
      readonly ownership: Ownership;
      readonly watcher: Person;
    }
  /** Another of our collections already has an action on this device: follow that one, send nothing. */
  | { readonly type: 'joined'; readonly action: MachineAction; readonly watcher: Person }
  /** A clear no. Before the first attempt (`attempt` = attempts so far) or as its answer. */
  | { readonly type: 'refused'; readonly attempt: number; readonly problem: Problem }
  /** Surely nothing reached Defender; try again after `retryMs`. */
  | { readonly type: 'notSent'; readonly attempt: number; readonly problem: Problem; readonly retryMs: number }
  /** 401: nothing was started, and this sign-in is not enough. */
  | { readonly type: 'tokenRejected'; readonly attempt: number; readonly problem: Problem }
  /** The POST had no clear end: look, do not resend. */
  | { readonly type: 'unclear'; readonly attempt: number }
  /** 400 `ActiveRequestAlreadyExists`: an action runs, find it. */
  | { readonly type: 'saidAlreadyRunning'; readonly attempt: number }
  /** The list showed no action of this attempt. */
  | { readonly type: 'lookedInVain'; readonly attempt: number }
  /** Another collection of ours is being sent to this device; wait for it. */
  | { readonly type: 'deviceBusy' }
  /** Defender could not be asked whether it has this attempt's action. */
  | { readonly type: 'lookFailed'; readonly attempt: number }
  /** … because the requester's token is gone. */
  | { readonly type: 'lookNeedsSignIn'; readonly attempt: number }
  /** The requester's token is gone, or Entra wants a new sign-in. */
  | { readonly type: 'tokenMissing'; readonly problem?: Problem }
  /** Taken back before it was sent. */
  | { readonly type: 'withdrawn' }
  /** Defender showed the action. */
  | { readonly type: 'actionSeen'; readonly action: MachineAction }
  /** A sweep's list did not show it. */
  | { readonly type: 'actionAbsent' }
  /** This watcher's token is gone. */
  | { readonly type: 'watcherLost'; readonly watcher: Person }
  /** Defender took a wish to stop the action. */
  | { readonly type: 'cancelAsked'; readonly by: Person }
  /** Somebody lends their token to the following. */
  | { readonly type: 'watcherTaken'; readonly by: Person }
  | { readonly type: 'signedIn'; readonly by: Person }
  | { readonly type: 'timePassed' };

/** Applies an event to a collection of `requester`'s request. */
export function changeCollection(
  collection: Collection,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  switch (collection.state) {
    case 'queued':
    case 'awaitingSignIn':
      return changeUnsent(collection, event, requester, now);
    case 'submitting':
      return changeSubmitting(collection, event, requester, now);
    case 'running':
      return changeRunning(collection, event, requester, now);
    case 'unwatched':
      return changeUnwatched(collection, event, requester, now);
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return { kind: 'unchanged', why: 'notNow' };
  }
}

type Unsent = Extract<Collection, { readonly state: 'queued' | 'awaitingSignIn' }>;

function changeUnsent(unsent: Unsent, event: CollectionEvent, requester: Person, now: Instant): Outcome<Collection> {
  const { id, ref, device, attempts } = unsent;
  const head = { id, ref, device };
  switch (event.type) {
    case 'attemptStarted': {
      if (unsent.state !== 'queued') return notNow;
      const started = { count: attempts.count + 1, firstAt: attempts.firstAt ?? now };
      const attempt = { startedAt: now, emptyLooks: 0, saidAlreadyRunning: false };
      const to: Submitting = { ...head, state: 'submitting', queuedAt: unsent.queuedAt, attempts: started, ...attempt };
      // A card that says that nothing was sent must not go on saying so.
      return unsent.delayedBy === undefined ? silently(to, []) : visibly(to);
    }
    case 'accepted':
      // The attempt was given up, but no other has begun: sending once more would start it twice.
      return event.attempt === attempts.count && attempts.count > 0 ? run(head, event, now) : stale;
    case 'joined':
      if (unsent.state !== 'queued') return notNow;
      return run(head, { ...event, ownership: { kind: 'joined' } }, now);
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
      return visibly({ ...head, attempts, state: 'queued', queuedAt: now }, [submit(unsent, 0)]);
    case 'deviceBusy':
      return unsent.state === 'queued' ? silently(unsent, [submit(unsent, lookPause)]) : notNow;
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
    case 'actionSeen':
    case 'actionAbsent':
    case 'watcherLost':
    case 'cancelAsked':
    case 'watcherTaken':
      return notNow;
  }
}

function changeSubmitting(
  submitting: Submitting,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  const { id, ref, device, attempts } = submitting;
  if ('attempt' in event && event.attempt !== attempts.count) return stale;
  const head = { id, ref, device };
  switch (event.type) {
    case 'accepted':
      return run(head, event, now);
    case 'refused':
      return visibly({ ...head, state: 'refused', problem: event.problem, finishedAt: now });
    case 'notSent':
      return requeue(submitting, event.problem, event.retryMs, now);
    case 'tokenRejected':
      return awaitSignIn(submitting, event.problem, now);
    case 'unclear':
      return silently(submitting, [submit(submitting, lookPause)]);
    case 'saidAlreadyRunning':
      if (submitting.saidAlreadyRunning) return nothingNew;
      return visibly({ ...submitting, saidAlreadyRunning: true }, [submit(submitting, 0)]);
    case 'lookedInVain':
      return lookedInVain(submitting, now);
    case 'lookFailed':
    case 'timePassed':
      if (now - submitting.startedAt >= signInPatience) return loseTrack(submitting, now);
      return event.type === 'lookFailed' ? silently(submitting, [submit(submitting, lookPause)]) : nothingNew;
    case 'lookNeedsSignIn':
      if (submitting.blockedSince !== undefined) return nothingNew;
      return visibly({ ...submitting, blockedSince: now }, [
        { kind: 'expire', at: later(submitting.startedAt, signInPatience) },
      ]);
    case 'signedIn': {
      if (submitting.blockedSince === undefined || !isSamePerson(event.by, requester)) return nothingNew;
      const { blockedSince: _, ...unblocked } = submitting;
      return visibly(unblocked, [submit(submitting, 0)]);
    }
    case 'attemptStarted':
    case 'joined':
    case 'deviceBusy':
    case 'tokenMissing':
    case 'withdrawn':
    case 'actionSeen':
    case 'actionAbsent':
    case 'watcherLost':
    case 'cancelAsked':
    case 'watcherTaken':
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
    const { blockedSince, ...unblocked } = { ...submitting, emptyLooks };
    const next = [submit(submitting, lookPause)];
    return blockedSince === undefined ? silently(unblocked, next) : visibly(unblocked, next);
  }
  const { id, ref, device } = submitting;
  if (submitting.saidAlreadyRunning) {
    const problem: Problem = { kind: 'alreadyRunningUnseen' };
    return visibly({ id, ref, device, state: 'refused', problem, finishedAt: now });
  }
  return requeue(submitting, { kind: 'defenderUnavailable' }, 0, now);
}

function changeRunning(running: Running, event: CollectionEvent, requester: Person, now: Instant): Outcome<Collection> {
  switch (event.type) {
    case 'actionSeen': {
      if (!isSameAction(event.action, running)) return notNow;
      const isNews = event.action.status !== running.action.status;
      if (isFinalStatus(event.action.status)) return finish(running, event.action, event.action.status, now);
      if (now - running.sentAt >= followPatience) return giveUp(running, now);
      if (isNews) return visibly({ ...running, action: event.action, absentSweeps: 0 });
      if (running.absentSweeps > 0) return silently({ ...running, absentSweeps: 0 }, []);
      return nothingNew;
    }
    case 'actionAbsent':
      if (now - running.sentAt >= followPatience) return giveUp(running, now);
      return silently({ ...running, absentSweeps: running.absentSweeps + 1 }, []);
    case 'watcherLost': {
      const { watcher } = running;
      if (!isSamePerson(event.watcher, watcher)) return nothingNew;
      return visibly({ ...known(running), state: 'unwatched', lastWatcher: watcher, since: now });
    }
    case 'cancelAsked':
      if (running.cancelAsked !== undefined) return nothingNew;
      return visibly({ ...running, cancelAsked: { by: event.by, at: now } }, [follow(running.watcher, firstLook)]);
    case 'timePassed':
      return now - running.sentAt >= followPatience ? giveUp(running, now) : nothingNew;
    case 'signedIn':
      // The requester takes the watch back by signing in.
      if (!isSamePerson(event.by, requester) || isSamePerson(event.by, running.watcher)) return nothingNew;
      return silently({ ...running, watcher: event.by }, [follow(event.by, 0)]);
    case 'watcherTaken':
      return nothingNew;
    case 'attemptStarted':
    case 'accepted':
    case 'joined':
    case 'refused':
    case 'notSent':
    case 'tokenRejected':
    case 'unclear':
    case 'saidAlreadyRunning':
    case 'lookedInVain':
    case 'lookFailed':
    case 'lookNeedsSignIn':
    case 'deviceBusy':
    case 'tokenMissing':
    case 'withdrawn':
      return notNow;
  }
}

function changeUnwatched(
  unwatched: Unwatched,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  switch (event.type) {
    case 'signedIn':
      if (!isSamePerson(event.by, requester) && !isSamePerson(event.by, unwatched.lastWatcher)) return nothingNew;
      return watch(unwatched, event.by);
    case 'watcherTaken':
      return watch(unwatched, event.by);
    case 'cancelAsked':
      if (unwatched.cancelAsked !== undefined) return nothingNew;
      return visibly({ ...unwatched, cancelAsked: { by: event.by, at: now } });
    case 'actionSeen':
      if (!isSameAction(event.action, unwatched)) return notNow;
      if (isFinalStatus(event.action.status)) return finish(unwatched, event.action, event.action.status, now);
      if (event.action.status === unwatched.action.status) return nothingNew;
      return visibly({ ...unwatched, action: event.action });
    case 'timePassed':
      return now - unwatched.sentAt >= followPatience ? giveUp(unwatched, now) : nothingNew;
    case 'attemptStarted':
    case 'accepted':
    case 'joined':
    case 'refused':
    case 'notSent':
    case 'tokenRejected':
    case 'unclear':
    case 'saidAlreadyRunning':
    case 'lookedInVain':
    case 'lookFailed':
    case 'lookNeedsSignIn':
    case 'deviceBusy':
    case 'tokenMissing':
    case 'withdrawn':
    case 'actionAbsent':
    case 'watcherLost':
      return notNow;
  }
}

const notNow = { kind: 'unchanged', why: 'notNow' } as const;
const stale = { kind: 'unchanged', why: 'staleAttempt' } as const;
const nothingNew = { kind: 'unchanged', why: 'nothingNew' } as const;

type Head = Pick<Collection, 'id' | 'ref' | 'device'>;
type Acceptance = Pick<Running, 'action' | 'ownership' | 'watcher'>;

/** Another device's action under our id would be Defender's mistake, and must not end our collection. */
function isSameAction(seen: MachineAction, { action, device }: Running | Unwatched): boolean {
  return seen.id === action.id && isAbout(seen, device.id);
}

/** An action may come back final already: a short collection whose answer was found late. */
function run(head: Head, { action, ownership, watcher }: Acceptance, now: Instant): Outcome<Collection> {
  const running: Running = { ...head, state: 'running', action, ownership, watcher, sentAt: now, absentSweeps: 0 };
  if (isFinalStatus(action.status)) return finish(running, action, action.status, now);
  return visibly(running, [follow(watcher, firstLook), { kind: 'expire', at: later(now, followPatience) }]);
}

/** What a collection keeps from one state with an action to the next. */
function known(of: Running | Unwatched) {
  const { id, ref, device, action, ownership, sentAt, cancelAsked } = of;
  return { id, ref, device, action, ownership, sentAt, ...(cancelAsked === undefined ? {} : { cancelAsked }) };
}

function watch(unwatched: Unwatched, watcher: Person): Outcome<Collection> {
  const to: Running = { ...known(unwatched), state: 'running', watcher, absentSweeps: 0 };
  return visibly(to, [follow(watcher, 0)]);
}

const finalStates = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  TimeOut: 'timedOut',
  Cancelled: 'cancelled',
} as const satisfies Record<FinalStatus, Finished['state']>;

function finish(
  of: Running | Unwatched,
  action: MachineAction,
  status: FinalStatus,
  now: Instant,
): Outcome<Collection> {
  return visibly({ ...known(of), action, state: finalStates[status], finishedAt: now });
}

function giveUp(of: Running | Unwatched, now: Instant): Outcome<Collection> {
  return visibly({ ...known(of), state: 'unresolved', finishedAt: now });
}

function awaitSignIn(
  { id, ref, device, attempts }: Queued | Submitting,
  problem: Problem | undefined,
  now: Instant,
): Outcome<Collection> {
  const expiresAt = later(now, signInPatience);
  const why = problem === undefined ? {} : { problem };
  return visibly({ id, ref, device, attempts, state: 'awaitingSignIn', since: now, expiresAt, ...why }, [
    { kind: 'expire', at: expiresAt },
  ]);
}

/** Tried again and again for the same reason it says so once: a card is not edited for nothing. */
function requeue(of: Queued | Submitting, problem: Problem, retryMs: number, now: Instant): Outcome<Collection> {
  const { id, ref, device, attempts, queuedAt } = of;
  if (now - queuedAt >= sendPatience) return visibly({ id, ref, device, state: 'refused', problem, finishedAt: now });
  const next = [submit(of, retryMs)];
  if (of.state === 'queued' && of.delayedBy?.kind === problem.kind) return silently(of, next);
  return visibly({ id, ref, device, attempts, state: 'queued', queuedAt, delayedBy: problem }, next);
}

function submit({ id, device }: Head, afterMs: number): Effect {
  return { kind: 'submit', collection: id, device: device.id, afterMs };
}

function follow(watcher: Person, afterMs: number): Effect {
  return { kind: 'follow', watcher: watcher.oid, afterMs };
}

function silently(to: Collection, effects: readonly Effect[]): Outcome<Collection> {
  return { kind: 'changed', to, effects };
}

function visibly(to: Collection, effects: readonly Effect[] = []): Outcome<Collection> {
  return { kind: 'changed', to, effects: [{ kind: 'announce' }, ...effects] };
}
