/** Random histories of a request: what may happen to it, in any order, as `transition` lets it. */
import fc from 'fast-check';
import type { CollectionEvent } from '../../src/domain/collection-event.ts';
import { hour, type Instant, later, minute, second } from '../../src/domain/instant.ts';
import { actionStatuses } from '../../src/domain/machine-action.ts';
import { newProposal } from '../../src/domain/proposal.ts';
import { type Collection, isFinal, type Request } from '../../src/domain/request.ts';
import { type Effect, type Outcome, type RequestEvent, transition } from '../../src/domain/transition.ts';
import { anAction } from './action.ts';
import { aDevice } from './device.ts';
import { everyCollectionEvent, everyRequestEvent } from './event.ts';
import { collectionId, collectionRef, deviceId, machineActionId, requestId } from './ids.ts';
import { start } from './moment.ts';
import { dana, omar } from './person.ts';
import { everyProblem } from './problem.ts';
import { aPlace, aReason, aRule } from './request.ts';

/** Something that may happen next, made from the request as it is then: so that most of it makes sense. */
interface Happening {
  readonly happen: (request: Request) => RequestEvent;
  readonly afterMs: number;
}

const person = fc.constantFrom(dana, dana, dana, omar);
/** Mostly seconds; now and then so long that somebody's patience ends. */
const pause = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 15 * second }) },
  { weight: 1, arbitrary: fc.constantFrom(minute, hour, 8 * hour, 24 * hour) },
);
const problem = fc.constantFrom(...Object.values(everyProblem));
const action = fc.record({ status: fc.constantFrom(...actionStatuses), n: fc.constantFrom(0, 0, 0, 1, 2) });

const collectionEvent: fc.Arbitrary<(collection: Collection | undefined) => CollectionEvent> = fc
  .record({
    any: fc.constantFrom(...Object.values(everyCollectionEvent)),
    fitting: fc.nat(),
    isAny: fc.constantFrom(false, false, true),
    by: person,
    lag: fc.constantFrom(0, 0, 0, 0, 1, -1),
    problem,
    action,
    retryMs: fc.integer({ min: 0, max: minute }),
  })
  .map(({ any, fitting, isAny, by, lag, problem, action, retryMs }) => (collection) => {
    const event = isAny || collection === undefined ? any : fittingEvent(collection, fitting);
    const attempt = (collection !== undefined && 'attempts' in collection ? collection.attempts.count : 1) - lag;
    const device = collection?.device.id ?? deviceId();
    const seenAction = anAction({ id: machineActionId(action.n), status: action.status, machineId: device });
    switch (event.type) {
      case 'attemptStarted':
      case 'deviceBusy':
      case 'withdrawn':
      case 'actionAbsent':
      case 'timePassed':
        return event;
      case 'tokenMissing':
        return lag === 0 ? event : { ...event, problem };
      case 'accepted':
        return { ...event, attempt, action: seenAction, watcher: by };
      case 'joined':
        return { ...event, action: seenAction, watcher: by };
      case 'actionSeen':
        return { ...event, action: seenAction };
      case 'refused':
      case 'tokenRejected':
        return { ...event, attempt, problem };
      case 'notSent':
        return { ...event, attempt, problem, retryMs };
      case 'unclear':
      case 'saidAlreadyRunning':
      case 'lookedInVain':
      case 'lookFailed':
      case 'lookNeedsSignIn':
        return { ...event, attempt };
      case 'watcherLost':
        return { ...event, watcher: by };
      case 'cancelAsked':
      case 'watcherTaken':
      case 'signedIn':
        return { ...event, by };
    }
  });

/** Events that mean something in a state, those that end it left out: else histories would be short. */
const fittingEvents: { readonly [State in Collection['state']]?: readonly CollectionEvent['type'][] } = {
  queued: ['attemptStarted', 'attemptStarted', 'joined', 'notSent', 'tokenMissing', 'deviceBusy', 'accepted'],
  awaitingSignIn: ['signedIn', 'accepted', 'tokenMissing'],
  submitting: [
    ...(['accepted', 'notSent', 'tokenRejected', 'unclear', 'saidAlreadyRunning'] as const),
    ...(['lookedInVain', 'lookedInVain', 'lookFailed', 'lookNeedsSignIn', 'signedIn'] as const),
  ],
  running: ['actionAbsent', 'watcherLost', 'watcherLost', 'signedIn', 'cancelAsked'],
  unwatched: ['watcherTaken', 'signedIn', 'cancelAsked'],
};

function fittingEvent({ state }: Collection, n: number): (typeof everyCollectionEvent)[CollectionEvent['type']] {
  const types = fittingEvents[state] ?? ['timePassed'];
  return everyCollectionEvent[types[n % types.length] ?? 'timePassed'];
}

const aboutOne: fc.Arbitrary<Happening['happen']> = fc
  .tuple(fc.nat(2), collectionEvent)
  .map(([which, eventFor]) => (request) => {
    const open = collectionsOf(request).filter((each) => !isFinal(each));
    const collection = open[which % Math.max(1, open.length)];
    return { type: 'collection', collection: collection?.id ?? collectionId(99), event: eventFor(collection) };
  });

/** Nobody else has to approve, or somebody else has to. */
const rules = [aRule(), aRule({ policy: { kind: 'twoPerson' } })] as const;

const aboutAll: fc.Arbitrary<Happening['happen']> = fc
  .record({
    event: fc.constantFrom(...Object.values(everyRequestEvent)),
    by: person,
    lag: fc.constantFrom(0, 0, 0, 1),
    index: fc.nat(3),
    problem,
  })
  .map(({ event, by, lag, index, problem }) => (request) => {
    const click = { by, revision: request.revision - lag };
    switch (event.type) {
      case 'confirmed':
        return {
          ...event,
          rule: index % 2 === 0 ? rules[0] : rules[1],
          click,
          names: [1, 2, 3].map((n) => ({ id: collectionId(n), ref: collectionRef(n) })),
        };
      case 'approved':
        return { ...event, click, names: [1, 2, 3].map((n) => ({ id: collectionId(n), ref: collectionRef(n) })) };
      case 'reasonEdited':
      case 'cancelled':
      case 'denied':
        return { ...event, click };
      case 'deviceFound':
        return { ...event, index, device: aDevice({ id: deviceId(index) }) };
      case 'deviceDelayed':
      case 'deviceProblem':
        return { ...event, index, problem };
      case 'devicesOffered':
        return { ...event, index };
      case 'deviceChosen':
        return { ...event, click, device: deviceId(1 + (index % 3)) };
      case 'signedIn':
      case 'signInAsked':
      case 'keptFollowing':
        return { ...event, by };
      case 'signInWanted':
      case 'collection':
      case 'timePassed':
        return event;
    }
  });

/** The next step on the way from the question to the confirmation. */
function onTheWay(request: Request): RequestEvent {
  const devices = request.state === 'proposed' ? request.devices : [];
  const index = devices.findIndex(({ sighting }) => sighting.step !== 'found');
  if (index >= 0) return { ...everyRequestEvent.deviceFound, index, device: aDevice({ id: deviceId(index) }) };
  const names = [1, 2, 3].map((n) => ({ id: collectionId(n), ref: collectionRef(n) }));
  const { revision } = request;
  if (request.state === 'awaitingApproval') {
    return { ...everyRequestEvent.approved, click: { by: omar, revision }, names };
  }
  return { ...everyRequestEvent.confirmed, click: { by: dana, revision: request.revision }, names };
}

const anything: fc.Arbitrary<Happening> = fc.record({
  happen: fc.oneof({ weight: 8, arbitrary: aboutOne }, { weight: 1, arbitrary: aboutAll }),
  afterMs: pause,
});
const beforeConfirmation: fc.Arbitrary<Happening> = fc.record({
  happen: fc.oneof(aboutAll, aboutAll, aboutOne),
  afterMs: fc.integer({ min: 0, max: 2 * minute }),
});

/** Most histories get to the confirmation at once, some linger before it. */
const happenings: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(
    fc.oneof(fc.constant([]), fc.array(beforeConfirmation, { maxLength: 15, size: 'max' })),
    fc.array(anything, { maxLength: 50, size: 'max' }),
  )
  .map(([before, after]) => {
    const confirming = Array.from({ length: 4 }, () => ({ happen: onTheWay, afterMs: second }));
    return [...before, ...confirming, ...after];
  });

/** One step of a history. */
export interface Step {
  readonly before: Request;
  readonly event: RequestEvent;
  readonly outcome: Outcome<Request>;
  readonly after: Request;
  readonly now: Instant;
  /** Every `expire` that was ever asked for. */
  readonly alarms: readonly Instant[];
}

/** Plays random events against a fresh proposal of one to three devices and shows each step to `check`. */
export function inEveryHistory(check: (step: Step) => void): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), happenings, (devices, history) => {
      const queries = Array.from({ length: devices }, (_, i) => ({ by: 'id', id: deviceId(i) }) as const);
      const asked = { requester: dana, place: aPlace(), devices: queries, reason: aReason(), language: 'en' } as const;
      const made = newProposal({ ...asked, id: requestId() }, start, 30 * minute);
      let before: Request = made.request;
      let now = start;
      const alarms = alarmsOf(made.effects);
      for (const { happen, afterMs } of history) {
        now = later(now, afterMs);
        const event = happen(before);
        const outcome: Outcome<Request> = transition(before, event, now);
        const after: Request = outcome.kind === 'changed' ? outcome.to : before;
        if (outcome.kind === 'changed') alarms.push(...alarmsOf(outcome.effects));
        check({ before, event, outcome, after, now, alarms });
        before = after;
      }
    }),
    { numRuns: 400 },
  );
}

function alarmsOf(effects: readonly Effect[]): Instant[] {
  return effects.flatMap((effect) => (effect.kind === 'expire' ? [effect.at] : []));
}

/** The collections of a request; none before it is confirmed. */
export function collectionsOf(request: Request): readonly Collection[] {
  return 'collections' in request ? request.collections : [];
}
