/** What can happen to a request before it is confirmed: look-ups, sign-in, edit, confirm, cancel, expiry. */
import { type Device, withoutDetails } from './device.ts';
import type { EarlierCollection } from './earlier.ts';
import type { CollectionId, CollectionRef, DeviceId } from './ids.ts';
import type { Instant } from './instant.ts';
import { isSamePerson, type Person } from './person.ts';
import type { Problem } from './problem.ts';
import type { Reason } from './reason.ts';
import type { Confirmed, Offer, Proposed, Queued, Request, Sighting } from './request.ts';
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
  /** The requester picked one of the devices that the first open choice offers. */
  | { readonly type: 'deviceChosen'; readonly click: Click; readonly device: DeviceId }
  | { readonly type: 'deviceProblem'; readonly index: number; readonly problem: Problem }
  | { readonly type: 'reasonEdited'; readonly click: Click; readonly reason: Reason }
  | { readonly type: 'confirmed'; readonly click: Click; readonly names: readonly CollectionName[] }
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
      return resight(request, 'looking', { step: 'signInNeeded' }, offerSilentSignIn(request, event.problem));
    case 'signedIn':
      if (!isSamePerson(event.by, request.requester)) return { kind: 'unchanged', why: 'nothingNew' };
      return resight(request, 'signInNeeded', { step: 'looking' }, [{ kind: 'lookUp' }]);
    case 'deviceFound':
      return sight(request, event.index, {
        ...{ step: 'found', device: event.device },
        ...(event.earlier === undefined ? {} : { earlier: event.earlier }),
      });
    case 'devicesOffered':
      return sight(request, event.index, { step: 'choosing', ...event.offer });
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
  if (!isSamePerson(event.click.by, request.requester)) return { kind: 'unchanged', why: 'notForYou' };
  if (event.click.revision !== request.revision) return { kind: 'unchanged', why: 'olderRevision' };
  if (now >= request.expiresAt) return { kind: 'unchanged', why: 'notNow' };
  switch (event.type) {
    case 'deviceChosen':
      return choose(request, event.device);
    case 'reasonEdited':
      return changed({ ...request, reason: event.reason });
    case 'cancelled':
      return changed({ ...settled(request), state: 'cancelled', cancelledAt: now });
    case 'confirmed':
      return confirm(request, event.names, now);
  }
}

/** A card asks for one choice at a time, the first that is open; what it did not offer is not taken. */
function choose(request: Proposed, id: DeviceId): Outcome<Request> {
  const index = request.devices.findIndex(({ sighting }) => sighting.step === 'choosing');
  const sighting = request.devices[index]?.sighting;
  if (sighting?.step !== 'choosing' || !sighting.devices.some((each) => each.id === id)) {
    return { kind: 'unchanged', why: 'notNow' };
  }
  const chosen = { query: { by: 'id', id }, sighting: { step: 'looking' } } as const;
  const devices = request.devices.map((each, i) => (i === index ? chosen : each));
  return changed({ ...request, devices }, { kind: 'lookUp' });
}

/** Nobody confirms a device that they have not seen: every device must have been found. */
function confirm(request: Proposed, names: readonly CollectionName[], now: Instant): Outcome<Request> {
  const collections: Queued[] = [];
  for (const [i, { sighting }] of request.devices.entries()) {
    const name = names[i];
    if (sighting.step !== 'found' || name === undefined) return { kind: 'unchanged', why: 'notNow' };
    const device = withoutDetails(sighting.device);
    collections.push({ ...name, device, state: 'queued', attempts: { count: 0 }, queuedAt: now });
  }
  const { id, revision, requester, place, reason, askedAt } = request;
  const to: Confirmed = {
    ...{ id, revision, requester, place, reason, askedAt },
    state: 'confirmed',
    confirmedAt: now,
    collections,
  };
  return changed(
    to,
    ...collections.map((each): Effect => ({ kind: 'submit', collection: each.id, device: each.device.id, afterMs: 0 })),
  );
}

/** Moves every sighting of one step on to another. */
function resight(
  request: Proposed,
  from: Sighting['step'],
  to: Sighting,
  effects: readonly Effect[],
): Outcome<Request> {
  if (!request.devices.some(({ sighting }) => sighting.step === from)) return { kind: 'unchanged', why: 'nothingNew' };
  const devices = request.devices.map((each) => (each.sighting.step === from ? { ...each, sighting: to } : each));
  return changed({ ...request, devices }, ...effects);
}

/** A look-up's answer counts only while it is awaited: a late one must not change what people saw. */
function sight(request: Proposed, index: number, sighting: Sighting): Outcome<Request> {
  if (request.devices[index]?.sighting.step !== 'looking') return { kind: 'unchanged', why: 'notNow' };
  const devices = request.devices.map((each, i) => (i === index ? { ...each, sighting } : each));
  return changed({ ...request, devices });
}

/** What outlives the proposal when it ends unconfirmed: nothing that only the requester may see. */
function settled({ id, revision, requester, place, reason, askedAt, devices }: Proposed) {
  const shared = devices.map(({ query, sighting }) => ({ query, sighting: sharedSighting(sighting) }));
  return { id, revision, requester, place, reason, askedAt, devices: shared };
}

function sharedSighting(sighting: Sighting): Sighting {
  switch (sighting.step) {
    case 'found':
      return { step: 'found', device: withoutDetails(sighting.device) };
    case 'choosing':
      return { ...sighting, devices: [] };
    case 'signInNeeded':
    case 'looking':
    case 'problem':
      return sighting;
  }
}

function changed(to: Request, ...effects: readonly Effect[]): Outcome<Request> {
  return { kind: 'changed', to, effects: [{ kind: 'announce' }, ...effects] };
}
