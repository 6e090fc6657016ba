import { minute, second } from '../../src/domain/instant.ts';
import type { Place } from '../../src/domain/place.ts';
import { parseReason, type Reason } from '../../src/domain/reason.ts';
import type {
  CancelledRequest,
  Confirmed,
  Done,
  ExpiredRequest,
  Proposed,
  ProposedDevice,
  Sighting,
} from '../../src/domain/request.ts';
import { aCollection } from './collection.ts';
import { aDevice, byId } from './device.ts';
import { conversationId, requestId } from './ids.ts';
import { after, start } from './moment.ts';
import { dana } from './person.ts';

type Over<Kind extends { readonly state: string }> = Partial<Omit<Kind, 'state'>>;

/** The text as a checked reason. */
export function aReason(text = 'suspicious logon, alert 1234'): Reason {
  const check = parseReason(text);
  if (!check.ok) throw new Error(`The test's reason is not one: ${check.why}.`);
  return check.reason;
}

/** A thread in a channel. */
export function aPlace(over: Partial<Place> = {}): Place {
  return {
    conversation: conversationId('19:soc@thread.tacv2;messageid=1772421120000'),
    kind: 'channel',
    askedPrivately: false,
    ...over,
  };
}

/** A device that was asked for by id, as far as `sighting` says. */
export function aProposedDevice(sighting: Sighting = { step: 'found', device: aDevice() }): ProposedDevice {
  return { query: byId(), sighting };
}

const head = () => ({
  id: requestId(),
  revision: 1,
  requester: dana,
  place: aPlace(),
  reason: aReason(),
  askedAt: start,
});

/** A proposal whose device was found: the confirm card. */
export function aProposal(over: Over<Proposed> = {}): Proposed {
  return { ...head(), state: 'proposed', devices: [aProposedDevice()], expiresAt: after(30 * minute), ...over };
}

/** A proposal of one device at this step of its look-up. */
export function aProposalAt(sighting: Sighting): Proposed {
  return aProposal({ devices: [aProposedDevice(sighting)] });
}

/** A confirmed request with one queued collection. */
export function aConfirmed(over: Over<Confirmed> = {}): Confirmed {
  return {
    ...head(),
    state: 'confirmed',
    revision: 2,
    confirmedAt: after(40 * second),
    collections: [aCollection.queued()],
    ...over,
  };
}

/** A request that is over: one succeeded collection. */
export function aDone(over: Over<Done> = {}): Done {
  return {
    ...head(),
    state: 'done',
    revision: 5,
    confirmedAt: after(40 * second),
    finishedAt: after(4 * minute),
    collections: [aCollection.succeeded()],
    ...over,
  };
}

/** A request that its requester took back. */
export function aCancelled(over: Over<CancelledRequest> = {}): CancelledRequest {
  return { ...head(), state: 'cancelled', devices: [aProposedDevice()], cancelledAt: after(minute), ...over };
}

/** A request that nobody confirmed. */
export function anExpired(over: Over<ExpiredRequest> = {}): ExpiredRequest {
  return { ...head(), state: 'expired', devices: [aProposedDevice()], expiredAt: after(30 * minute), ...over };
}
