import { type Approval, type ApprovalQuestion, type ApprovalRule, sealOf } from '../../src/domain/approval.ts';
import { hour, minute, second } from '../../src/domain/instant.ts';
import type { Place } from '../../src/domain/place.ts';
import { parseReason, type Reason } from '../../src/domain/reason.ts';
import type {
  AwaitingApproval,
  CancelledRequest,
  Confirmed,
  Denied,
  Done,
  ExpiredRequest,
  Proposed,
  ProposedDevice,
  SeenDevice,
  Sighting,
} from '../../src/domain/request.ts';
import { aCollection } from './collection.ts';
import { aDevice, byId } from './device.ts';
import { conversationId, deviceId, requestId } from './ids.ts';
import { after, start } from './moment.ts';
import { dana, omar } from './person.ts';

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
  language: 'en' as const,
});

/** A proposal whose device was found: the confirm card. */
export function aProposal(over: Over<Proposed> = {}): Proposed {
  return { ...head(), state: 'proposed', devices: [aProposedDevice()], expiresAt: after(30 * minute), ...over };
}

/** A proposal of one device at this step of its look-up. */
export function aProposalAt(sighting: Sighting): Proposed {
  return aProposal({ devices: [aProposedDevice(sighting)] });
}

/** The rule of a confirmation in a channel where nobody else has to approve. */
export function aRule(over: Partial<ApprovalRule> = {}): ApprovalRule {
  return { policy: { kind: 'self' }, ttlMs: 8 * hour, askedIn: aPlace(), ...over };
}

/** What was asked of a second person 40 s after `start`, in the request's own place. */
export function aQuestion(over: Partial<ApprovalQuestion> = {}): ApprovalQuestion {
  const seal = sealOf({ requester: dana, reason: aReason(), devices: [deviceId()] });
  return { why: 'everyRequest', seal, askedAt: after(40 * second), askedIn: aPlace(), ...over };
}

/** The conversation where approval of requests from 1:1 is asked. */
export function anApprovalPlace(): Place {
  return aPlace({ conversation: conversationId('19:approvals@thread.tacv2') });
}

/** Omar approved it an hour later. */
export function anApproval(over: Partial<Approval> = {}): Approval {
  return { question: aQuestion(), by: omar, upn: 'omar.haddad@corp.example', at: after(hour), ...over };
}

/** A device that was seen and confirmed. */
export function aSeenDevice(device = aDevice()): SeenDevice {
  return { query: byId(device), sighting: { step: 'found', device } };
}

/** A confirmed request that waits for a second person: asked after 40 s, for 8 hours. */
export function anAwaiting(over: Over<AwaitingApproval> = {}): AwaitingApproval {
  return {
    ...head(),
    state: 'awaitingApproval',
    devices: [aSeenDevice()],
    question: aQuestion(),
    remindAt: after(4 * hour + 40 * second),
    expiresAt: after(8 * hour + 40 * second),
    ...over,
  };
}

/** A request that Omar denied. */
export function aDenied(over: Over<Denied> = {}): Denied {
  return {
    ...head(),
    state: 'denied',
    revision: 2,
    devices: [aSeenDevice()],
    question: aQuestion(),
    denial: { by: omar, reason: aReason('no alert on this device'), at: after(hour) },
    ...over,
  };
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
