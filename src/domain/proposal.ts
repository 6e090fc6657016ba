import type { DeviceQuery } from './device.ts';
import type { RequestId } from './ids.ts';
import { type Instant, later } from './instant.ts';
import type { Language } from './language.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import type { Reason } from './reason.ts';
import type { Proposed } from './request.ts';
import type { Effect } from './transition.ts';

/** What a responder asked for, with a fresh id for it. */
export interface Ask {
  readonly id: RequestId;
  readonly requester: Person;
  readonly place: Place;
  readonly devices: readonly DeviceQuery[];
  readonly reason: Reason;
  /** The requester's. */
  readonly language: Language;
}

/** The proposal that an ask makes: the card goes up at once and fills in as the look-ups come back. */
export function newProposal(
  { id, requester, place, devices, reason, language }: Ask,
  now: Instant,
  proposalTtlMs: number,
): { readonly request: Proposed; readonly effects: readonly Effect[] } {
  const expiresAt = later(now, proposalTtlMs);
  return {
    request: {
      ...{ id, requester, place, reason, revision: 0, askedAt: now, language },
      state: 'proposed',
      devices: devices.map((query) => ({ query, sighting: { step: 'looking' } })),
      expiresAt,
    },
    effects: [{ kind: 'announce' }, { kind: 'lookUp', afterMs: 0 }, { kind: 'expire', at: expiresAt }],
  };
}
