/**
 * The only place that changes a request's state. Pure: the moment is handed in, what has to happen next
 * goes out as effects. The caller stores the new request and turns the effects into jobs in one transaction.
 */
import { type ApprovalEvent, changeAwaiting } from './approval-transition.ts';
import type { CollectionEvent } from './collection-event.ts';
import { changeCollection } from './collection-transition.ts';
import type { AadObjectId, CollectionId, DeviceId } from './ids.ts';
import { type Instant, second } from './instant.ts';
import { isSamePerson, type Person } from './person.ts';
import { type Click, changeProposal, type ProposalEvent } from './proposal-transition.ts';
import { type Collection, type Confirmed, type Done, isFinal, isOver, type Request } from './request.ts';

/** What has to happen next. `afterMs` counts from the transaction that stores the change. */
export type Effect =
  /** Edit the card to the newest state, and post the messages that are due. */
  | { readonly kind: 'announce' }
  /** Ask Defender for the proposed devices, with the requester's token. */
  | { readonly kind: 'lookUp'; readonly afterMs: number }
  /** Bring this collection to Defender, or find out whether it got there. One at a time per device. */
  | {
      readonly kind: 'submit';
      readonly collection: CollectionId;
      readonly device: DeviceId;
      /** The collection's round that the job is for (`Attempts`). */
      readonly round: number;
      readonly afterMs: number;
    }
  /** Make sure that this watcher's next sweep is not later than `afterMs` from now. */
  | { readonly kind: 'follow'; readonly watcher: AadObjectId; readonly afterMs: number }
  /** If this person still has no token by then, send them a way to sign in that needs no card. */
  | { readonly kind: 'offerSignIn'; readonly person: Person; readonly afterMs: number }
  /** Look at the clock again at that moment. */
  | { readonly kind: 'expire'; readonly at: Instant };

/** Something that happened to a request. */
export type RequestEvent =
  | ProposalEvent
  | ApprovalEvent
  | { readonly type: 'collection'; readonly collection: CollectionId; readonly event: CollectionEvent }
  /** This person has signed in: whatever waited for their token goes on. */
  | { readonly type: 'signedIn'; readonly by: Person }
  /** Their client was asked to sign in on a card; it may drop that without a word. */
  | { readonly type: 'signInAsked'; readonly by: Person }
  /** Somebody with a token lends it to the following of what nobody watches. */
  | { readonly type: 'keptFollowing'; readonly by: Person }
  /** Time may have run out for something. */
  | { readonly type: 'timePassed' };

/** Why an event changed nothing. */
export type Unchanged =
  /** Somebody clicked what only another person may. */
  | 'notForYou'
  /** The click came from a card that is older than the request. */
  | 'olderRevision'
  /** The request is past that, or not there yet. */
  | 'notNow'
  /** A late answer to an attempt that has been given up. */
  | 'staleAttempt'
  /** It says what is known already. */
  | 'nothingNew'
  /** Whoever asked cannot approve: it takes somebody else. */
  | 'needsAnother'
  /** Every device was left out. */
  | 'nothingTicked'
  /** It takes somebody else's approval, and where it was asked there is nobody else. */
  | 'nobodyToApprove';

/** What an event does. */
export type Outcome<State> =
  | { readonly kind: 'changed'; readonly to: State; readonly effects: readonly Effect[] }
  | { readonly kind: 'unchanged'; readonly why: Unchanged };

/** Applies one event. Never throws; never reads a clock. */
export function transition(request: Request, event: RequestEvent, now: Instant): Outcome<Request> {
  const outcome = apply(request, event, now);
  if (outcome.kind === 'unchanged' || !outcome.effects.some((effect) => effect.kind === 'announce')) return outcome;
  return { ...outcome, to: { ...outcome.to, revision: request.revision + 1 } };
}

function apply(request: Request, event: RequestEvent, now: Instant): Outcome<Request> {
  switch (event.type) {
    case 'collection':
      return changeOne(request, event.collection, event.event, now);
    case 'signInAsked':
      return askedToSignIn(request, event.by);
    case 'keptFollowing':
      if (request.state !== 'confirmed') return { kind: 'unchanged', why: 'notNow' };
      return changeEach(request, { type: 'watcherTaken', by: event.by }, now);
    case 'signedIn':
      return request.state === 'confirmed' ? changeEach(request, event, now) : changeProposal(request, event, now);
    case 'timePassed':
      if (request.state === 'awaitingApproval') return changeAwaiting(request, event, now);
      return request.state === 'confirmed' ? changeEach(request, event, now) : changeProposal(request, event, now);
    case 'cancelled':
      if (request.state === 'awaitingApproval') return changeAwaiting(request, event, now);
      return request.state === 'confirmed' ? withdraw(request, event.click, now) : changeProposal(request, event, now);
    case 'approved':
    case 'denied':
      return changeAwaiting(request, event, now);
    case 'signInWanted':
    case 'deviceFound':
    case 'deviceDelayed':
    case 'deviceProblem':
    case 'devicesOffered':
    case 'deviceChosen':
    case 'reasonEdited':
    case 'confirmed':
      return changeProposal(request, event, now);
  }
}

/** Cancel after the confirmation takes back what was not sent; what Defender has runs on. */
function withdraw(request: Confirmed, { by, revision }: Click, now: Instant): Outcome<Request> {
  if (!isSamePerson(by, request.requester)) return { kind: 'unchanged', why: 'notForYou' };
  if (revision !== request.revision) return { kind: 'unchanged', why: 'olderRevision' };
  return changeEach(request, { type: 'withdrawn' }, now);
}

/** Long enough for a sign-in window to open, short enough for somebody who waits at a card that does nothing. */
const patienceWithClient = 15 * second;

function askedToSignIn(request: Request, person: Person): Outcome<Request> {
  if (isOver(request)) return { kind: 'unchanged', why: 'notNow' };
  return { kind: 'changed', to: request, effects: [{ kind: 'offerSignIn', person, afterMs: patienceWithClient }] };
}

function changeOne(request: Request, id: CollectionId, event: CollectionEvent, now: Instant): Outcome<Request> {
  if (request.state === 'done') return changeLate(request, id, event, now);
  if (request.state !== 'confirmed') return { kind: 'unchanged', why: 'notNow' };
  const collection = request.collections.find((candidate) => candidate.id === id);
  if (collection === undefined) return { kind: 'unchanged', why: 'notNow' };
  const outcome = changeCollection(collection, event, request.requester, now);
  if (outcome.kind === 'unchanged') return outcome;
  const collections = request.collections.map((each) => (each.id === id ? outcome.to : each));
  return { kind: 'changed', to: settle(request, collections, now), effects: outcome.effects };
}

/** An end that is seen only after the request was done; when that was stays as it is. */
function changeLate(request: Done, id: CollectionId, event: CollectionEvent, now: Instant): Outcome<Request> {
  const collection = request.collections.find((candidate) => candidate.id === id);
  if (collection === undefined) return { kind: 'unchanged', why: 'notNow' };
  const outcome = changeCollection(collection, event, request.requester, now);
  if (outcome.kind === 'unchanged') return outcome;
  const { to, effects } = outcome;
  if (!isFinal(to)) return { kind: 'unchanged', why: 'notNow' };
  const collections = request.collections.map((each) => (each.id === id ? to : each));
  return { kind: 'changed', to: { ...request, collections }, effects };
}

function changeEach(request: Confirmed, event: CollectionEvent, now: Instant): Outcome<Request> {
  const outcomes = request.collections.map((each) => changeCollection(each, event, request.requester, now));
  if (outcomes.every((outcome) => outcome.kind === 'unchanged')) return { kind: 'unchanged', why: 'nothingNew' };
  const collections = request.collections.map((each, i) => {
    const outcome = outcomes[i];
    return outcome?.kind === 'changed' ? outcome.to : each;
  });
  const effects = outcomes.flatMap((outcome) => (outcome.kind === 'changed' ? outcome.effects : []));
  return { kind: 'changed', to: settle(request, collections, now), effects };
}

/** A confirmed request is done as soon as its last collection is final. */
function settle(request: Confirmed, collections: readonly Collection[], now: Instant): Request {
  if (!collections.every(isFinal)) return { ...request, collections };
  return { ...request, state: 'done', collections, finishedAt: now };
}
