/** What can happen to a request before it is confirmed: look-ups, sign-in, edit, confirm, cancel, expiry. */
import type { ApprovalRule } from './approval.ts';
import { confirm } from './confirmation.ts';
import type { Device } from './device.ts';
import type { EarlierCollection } from './earlier.ts';
import type { CollectionId, CollectionRef, DeviceId } from './ids.ts';
import type { Instant } from './instant.ts';
import { isSamePerson, type Person } from './person.ts';
import { type Problem, stillRefused, wantsProof } from './problem.ts';
import { canBeLeftOut, withoutPrivate } from './proposed-devices.ts';
import type { Reason } from './reason.ts';
import type { Offer, Proposed, ProposedDevice, Request, Sighting } from './request.ts';
import { changed, headOf, obstacleToRequester } from './request-change.ts';
import type { Effect, Outcome } from './transition.ts';

/** A button on a card: who pressed it, and on which revision. */
export interface Click {
  readonly by: Person;
  readonly revision: number;
}

/** An event that makes sense only while a request is proposed. */
export type ProposalEvent =
  /** The look-up found no token of the requester; `problem` says why a sign-in that they had is not enough. */
  | { readonly type: 'signInWanted'; readonly problem?: Problem }
  /** `earlier` is absent when Defender did not say what it has of the device. */
  | {
      readonly type: 'deviceFound';
      readonly index: number;
      readonly device: Device;
      readonly earlier?: readonly EarlierCollection[];
    }
  | { readonly type: 'devicesOffered'; readonly index: number; readonly offer: Offer }
  /** The requester picked one of the devices that the first open choice offers; of several, none leaves it out. */
  | { readonly type: 'deviceChosen'; readonly click: Click; readonly device: DeviceId | 'none' }
  /** Defender takes no call for the moment; it is asked again after `retryMs`. */
  | { readonly type: 'deviceDelayed'; readonly index: number; readonly problem: Problem; readonly retryMs: number }
  | { readonly type: 'deviceProblem'; readonly index: number; readonly problem: Problem }
  /** `unticked` is what stood unticked on the card then, by its place in the list; absent where the card has no ticks. */
  | {
      readonly type: 'reasonEdited';
      readonly click: Click;
      readonly reason: Reason;
      readonly unticked?: readonly number[];
    }
  | {
      readonly type: 'confirmed';
      readonly click: Click;
      readonly names: readonly CollectionName[];
      readonly rule: ApprovalRule;
      /** As above. */
      readonly unticked?: readonly number[];
    }
  | { readonly type: 'cancelled'; readonly click: Click };

/** Fresh random names for a collection to be, one per device: the core draws no lots itself. */
export interface CollectionName {
  readonly id: CollectionId;
  readonly ref: CollectionRef;
}

/** Applies an event to a request that may still be a proposal. */
export function changeProposal(
  request: Request,
  event: ProposalEvent | { readonly type: 'signedIn'; readonly by: Person } | { readonly type: 'timePassed' },
  now: Instant,
): Outcome<Request> {
  if (request.state !== 'proposed') return { kind: 'unchanged', why: 'notNow' };
  switch (event.type) {
    case 'signInWanted':
      return wantSignIn(request, event.problem);
    case 'signedIn':
      if (!isSamePerson(event.by, request.requester)) return { kind: 'unchanged', why: 'nothingNew' };
      return resight(request, lookAgain, [{ kind: 'lookUp', afterMs: 0 }]);
    case 'deviceFound':
      return sight(request, event.index, {
        ...{ step: 'found', device: event.device },
        ...(event.earlier === undefined ? {} : { earlier: event.earlier }),
      });
    case 'devicesOffered':
      return sight(request, event.index, { step: 'choosing', ...event.offer });
    case 'deviceDelayed':
      return delay(request, event);
    case 'deviceProblem':
      return sight(request, event.index, { step: 'problem', problem: event.problem });
    case 'timePassed':
      if (now < request.expiresAt) return { kind: 'unchanged', why: 'nothingNew' };
      return changed({ ...settled(request), state: 'expired', expiredAt: now });
    case 'deviceChosen':
    case 'reasonEdited':
    case 'confirmed':
    case 'cancelled':
      return clicked(request, event, now);
  }
}

/**
 * Teams signs in silently from an OAuthCard in 1:1 and group chats, never in channels. Where the last sign-in was not
 * enough, a silent one would be no better, and the two would go round for ever: then a person has to press **Sign in**.
 */
function offerSilentSignIn({ place, requester }: Proposed, problem: Problem | undefined): readonly Effect[] {
  return place.kind === 'channel' || problem !== undefined
    ? []
    : [{ kind: 'offerSignIn', person: requester, afterMs: 0 }];
}

type ClickEvent = Extract<ProposalEvent, { readonly click: Click }>;

function clicked(request: Proposed, event: ClickEvent, now: Instant): Outcome<Request> {
  const why = obstacleToRequester(request, event.click, now);
  if (why !== undefined) return { kind: 'unchanged', why };
  switch (event.type) {
    case 'deviceChosen':
      return choose(request, event.device);
    case 'reasonEdited':
      return edit(request, event);
    case 'cancelled':
      return changed({ ...settled(request), state: 'cancelled', cancelledAt: now });
    case 'confirmed':
      return confirm(request, event, now);
  }
}

/** What was unticked stays so: a card that ticked it again would have it collected after all. */
function edit(
  request: Proposed,
  { reason, unticked = request.unticked ?? [] }: Extract<ProposalEvent, { readonly type: 'reasonEdited' }>,
): Outcome<Request> {
  if (!unticked.every((index) => canBeLeftOut(request.devices, index))) return { kind: 'unchanged', why: 'notNow' };
  const { unticked: _, ...rest } = request;
  return changed({ ...rest, reason, ...(unticked.length === 0 ? {} : { unticked }) });
}

/** A card asks for one choice at a time, the first that is open; what it did not offer is not taken. */
function choose(request: Proposed, id: DeviceId | 'none'): Outcome<Request> {
  const index = request.devices.findIndex(({ sighting }) => sighting.step === 'choosing');
  const open = request.devices[index];
  if (open?.sighting.step !== 'choosing') return { kind: 'unchanged', why: 'notNow' };
  const put = (chosen: ProposedDevice) => request.devices.map((each, i) => (i === index ? chosen : each));
  if (id === 'none') {
    if (request.devices.length < 2) return { kind: 'unchanged', why: 'notNow' };
    const missing = { step: 'problem', problem: { kind: 'deviceNotFound' } } as const;
    return changed({ ...request, devices: put({ query: open.query, sighting: missing }) });
  }
  if (!open.sighting.devices.some((each) => each.id === id)) return { kind: 'unchanged', why: 'notNow' };
  const devices = put({ query: { by: 'id', id }, sighting: { step: 'looking' } });
  return changed({ ...request, devices }, { kind: 'lookUp', afterMs: 0 });
}

/** A refusal that the sign-in after it was to mend, and that comes once more, is told instead of asked for again. */
function wantSignIn(request: Proposed, problem: Problem | undefined): Outcome<Request> {
  const wanted = (sighting: Sighting): Sighting | undefined => {
    if (sighting.step !== 'looking') return undefined;
    if (wantsProof(problem) && sighting.signedInAfter !== undefined) {
      return { step: 'problem', problem: stillRefused(problem) };
    }
    return { step: 'signInNeeded', ...(problem === undefined ? {} : { problem }) };
  };
  const isWanted = request.devices.some(({ sighting }) => wanted(sighting)?.step === 'signInNeeded');
  return resight(request, wanted, isWanted ? offerSilentSignIn(request, problem) : []);
}

function lookAgain(sighting: Sighting): Sighting | undefined {
  if (sighting.step !== 'signInNeeded') return undefined;
  return { step: 'looking', ...(wantsProof(sighting.problem) ? { signedInAfter: sighting.problem } : {}) };
}

/** Moves sightings on; those stay for which `to` has nothing. */
function resight(
  request: Proposed,
  to: (sighting: Sighting) => Sighting | undefined,
  effects: readonly Effect[],
): Outcome<Request> {
  if (request.devices.every(({ sighting }) => to(sighting) === undefined)) {
    return { kind: 'unchanged', why: 'nothingNew' };
  }
  const devices = request.devices.map((each) => ({ ...each, sighting: to(each.sighting) ?? each.sighting }));
  return changed({ ...request, devices }, ...effects);
}

/** Told once, however often it has to wait: a card whose revision grew would void the clicks on the one before. */
function delay(
  request: Proposed,
  { index, problem, retryMs }: Extract<ProposalEvent, { readonly type: 'deviceDelayed' }>,
): Outcome<Request> {
  const sighting = request.devices[index]?.sighting;
  if (sighting?.step !== 'looking') return { kind: 'unchanged', why: 'notNow' };
  const again: Effect = { kind: 'lookUp', afterMs: retryMs };
  if (sighting.delayedBy?.kind === problem.kind) return { kind: 'changed', to: request, effects: [again] };
  const delayed = { ...sighting, delayedBy: problem };
  const devices = request.devices.map((each, i) => (i === index ? { ...each, sighting: delayed } : each));
  return changed({ ...request, devices }, again);
}

/** A look-up's answer counts only while it is awaited: a late one must not change what people saw. */
function sight(request: Proposed, index: number, sighting: Sighting): Outcome<Request> {
  if (request.devices[index]?.sighting.step !== 'looking') return { kind: 'unchanged', why: 'notNow' };
  const devices = request.devices.map((each, i) => (i === index ? { ...each, sighting } : each));
  return changed({ ...request, devices });
}

/** What outlives the proposal when it ends unconfirmed: nothing that only the requester may see. */
function settled(request: Proposed) {
  const devices = request.devices.map(({ query, sighting }) => ({ query, sighting: withoutPrivate(sighting) }));
  return { ...headOf(request), devices };
}
