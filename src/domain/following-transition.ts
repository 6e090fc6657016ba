/** What can happen to a collection that Defender has an action for: it is `running`, `unwatched`, or was given up. */
import { follow, type Head, nothingNew, notNow, silently, visibly } from './collection-change.ts';
import { type CollectionEvent, isOfSending } from './collection-event.ts';
import { type Instant, later } from './instant.ts';
import { type FinalStatus, isAbout, isFinalStatus, type MachineAction } from './machine-action.ts';
import { firstLook, followPatience } from './patience.ts';
import { isSamePerson, type Person } from './person.ts';
import type { Collection, Finished, Running, Unresolved, Unwatched } from './request.ts';
import type { Outcome } from './transition.ts';

/** Applies an event to a collection whose action somebody watches. */
export function changeRunning(
  running: Running,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  if (isOfSending(event)) return notNow;
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
      const why = event.problem === undefined ? {} : { problem: event.problem };
      return visibly({ ...known(running), state: 'unwatched', lastWatcher: watcher, since: now, ...why });
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
  }
}

/** Applies an event to a collection whose action nobody watches. */
export function changeUnwatched(
  unwatched: Unwatched,
  event: CollectionEvent,
  requester: Person,
  now: Instant,
): Outcome<Collection> {
  if (isOfSending(event)) return notNow;
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
    case 'actionAbsent':
    case 'watcherLost':
      return notNow;
  }
}

/** Applies an event to a collection that was given up: who looks once more may still see its end. */
export function changeUnresolved(unresolved: Unresolved, event: CollectionEvent, now: Instant): Outcome<Collection> {
  if (event.type !== 'actionSeen' || !isSameAction(event.action, unresolved)) return notNow;
  const { status } = event.action;
  if (isFinalStatus(status)) return finish(unresolved, event.action, status, now);
  return status === unresolved.action.status ? nothingNew : visibly({ ...unresolved, action: event.action });
}

type Acceptance = Pick<Running, 'action' | 'ownership' | 'watcher'>;

/** Another device's action under our id would be Defender's mistake, and must not end our collection. */
function isSameAction(seen: MachineAction, { action, device }: Running | Unwatched | Unresolved): boolean {
  return seen.id === action.id && isAbout(seen, device.id);
}

/** An action may come back final already: a short collection whose answer was found late. */
export function startFollowing(
  head: Head,
  { action, ownership, watcher }: Acceptance,
  now: Instant,
): Outcome<Collection> {
  const running: Running = { ...head, state: 'running', action, ownership, watcher, sentAt: now, absentSweeps: 0 };
  if (isFinalStatus(action.status)) return finish(running, action, action.status, now);
  return visibly(running, [follow(watcher, firstLook), { kind: 'expire', at: later(now, followPatience) }]);
}

/** What a collection keeps from one state with an action to the next. */
function known(of: Running | Unwatched | Unresolved) {
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
  of: Running | Unwatched | Unresolved,
  action: MachineAction,
  status: FinalStatus,
  now: Instant,
): Outcome<Collection> {
  return visibly({ ...known(of), action, state: finalStates[status], finishedAt: now });
}

function giveUp(of: Running | Unwatched, now: Instant): Outcome<Collection> {
  return visibly({ ...known(of), state: 'unresolved', finishedAt: now });
}
