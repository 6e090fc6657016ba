/** A request, however it was asked for: by a typed line, by the form, or from a message. */

import { propose } from '../../src/app/propose.ts';
import type { ApprovalSettings } from '../../src/domain/approval.ts';
import type { DeviceQuery } from '../../src/domain/device.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Place } from '../../src/domain/place.ts';
import type { Reason } from '../../src/domain/reason.ts';
import type { RequestStore } from '../../src/ports.ts';

/** What asking needs. */
export interface AskPorts {
  readonly store: RequestStore;
  readonly proposalTtlMs: number;
  readonly approval: ApprovalSettings;
}

/** Who wants what, and where its card is to stand. */
export interface Wish {
  readonly requester: Person;
  readonly place: Place;
  readonly devices: readonly DeviceQuery[];
  readonly reason: Reason;
  /** The requester's. */
  readonly language: Language;
}

/**
 * Makes the proposal; its card is the answer. What comes twice has had its card, so it gets none.
 * @param source names the message or the form, for its conversation
 * @returns `nobodyToApprove` where every request needs a second person and there is none: nothing was stored
 */
export async function ask(ports: AskPorts, source: string, wish: Wish): Promise<'asked' | 'nobodyToApprove'> {
  const { place } = wish;
  if (isNobodyToApprove(ports.approval, place)) return 'nobodyToApprove';
  await propose(ports, { conversation: place.conversation, activity: source }, wish);
  return 'asked';
}

/** In 1:1 there is no second person: where every request needs one, it is refused before anything is looked up. */
function isNobodyToApprove({ policy, conversation }: ApprovalSettings, { kind }: Place): boolean {
  return kind === 'personal' && policy.kind === 'twoPerson' && conversation === undefined;
}
