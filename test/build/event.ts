import type { CollectionEvent } from '../../src/domain/collection-event.ts';
import { minute, second } from '../../src/domain/instant.ts';
import type { RequestEvent } from '../../src/domain/transition.ts';
import { anAction } from './action.ts';
import { aDevice, anOffer } from './device.ts';
import { collectionId, collectionRef, deviceId } from './ids.ts';
import { after } from './moment.ts';
import { dana, omar } from './person.ts';
import { aReason, aRule } from './request.ts';

/** One event of each kind, about the first attempt; an event that is missing here does not compile. */
export const everyCollectionEvent = {
  attemptStarted: { type: 'attemptStarted' },
  accepted: { type: 'accepted', attempt: 1, action: anAction(), ownership: { kind: 'ours' }, watcher: dana },
  joined: { type: 'joined', action: anAction(), watcher: dana },
  refused: { type: 'refused', attempt: 1, problem: { kind: 'notPermitted' } },
  notSent: { type: 'notSent', attempt: 1, problem: { kind: 'defenderUnavailable' }, retryMs: 20 * second },
  tokenRejected: { type: 'tokenRejected', attempt: 1, problem: { kind: 'moreProofNeeded' } },
  unclear: { type: 'unclear', attempt: 1 },
  saidAlreadyRunning: { type: 'saidAlreadyRunning', attempt: 1 },
  lookedInVain: { type: 'lookedInVain', attempt: 1 },
  deviceBusy: { type: 'deviceBusy' },
  lookFailed: { type: 'lookFailed', attempt: 1 },
  lookNeedsSignIn: { type: 'lookNeedsSignIn', attempt: 1 },
  tokenMissing: { type: 'tokenMissing' },
  withdrawn: { type: 'withdrawn' },
  actionSeen: { type: 'actionSeen', action: anAction({ status: 'InProgress' }) },
  actionAbsent: { type: 'actionAbsent' },
  watcherLost: { type: 'watcherLost', watcher: dana },
  cancelAsked: { type: 'cancelAsked', by: dana },
  watcherTaken: { type: 'watcherTaken', by: dana },
  signedIn: { type: 'signedIn', by: dana },
  timePassed: { type: 'timePassed' },
} as const satisfies { readonly [Type in CollectionEvent['type']]: Extract<CollectionEvent, { readonly type: Type }> };

/** The moment at which the events of a table happen: 5 min after `start`, when every built collection is under way. */
export const eventsAfter = 5 * minute;

/** One event of each kind that a request knows, on the revision of a built proposal; one that is missing does not compile. */
export const everyRequestEvent = {
  signInWanted: { type: 'signInWanted' },
  deviceFound: { type: 'deviceFound', index: 0, device: aDevice() },
  devicesOffered: { type: 'devicesOffered', index: 0, offer: anOffer() },
  deviceChosen: { type: 'deviceChosen', click: { by: dana, revision: 1 }, device: deviceId() },
  deviceDelayed: {
    type: 'deviceDelayed',
    index: 0,
    problem: { kind: 'noBudget', until: after(minute), waitMs: 7 * second },
    retryMs: 7 * second,
  },
  deviceProblem: { type: 'deviceProblem', index: 0, problem: { kind: 'deviceNotFound' } },
  reasonEdited: { type: 'reasonEdited', click: { by: dana, revision: 1 }, reason: aReason('another reason') },
  confirmed: {
    type: 'confirmed',
    click: { by: dana, revision: 1 },
    names: [{ id: collectionId(), ref: collectionRef() }],
    rule: aRule(),
  },
  approved: {
    type: 'approved',
    click: { by: omar, revision: 1 },
    upn: 'omar.haddad@corp.example',
    names: [{ id: collectionId(), ref: collectionRef() }],
  },
  denied: { type: 'denied', click: { by: omar, revision: 1 }, reason: aReason('no alert on this device') },
  cancelled: { type: 'cancelled', click: { by: dana, revision: 1 } },
  collection: { type: 'collection', collection: collectionId(), event: everyCollectionEvent.attemptStarted },
  signedIn: { type: 'signedIn', by: dana },
  signInAsked: { type: 'signInAsked', by: dana },
  keptFollowing: { type: 'keptFollowing', by: dana },
  timePassed: { type: 'timePassed' },
} as const satisfies { readonly [Type in RequestEvent['type']]: Extract<RequestEvent, { readonly type: Type }> };
