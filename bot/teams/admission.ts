/**
 * Who is let in, once the activity itself is known to come from Teams: not a flood, not another organisation, not a
 * guest, not what was sent long ago. What is refused gets one polite line, and does nothing.
 */
import { staleAnswer, tooMuchAnswer } from '../../cards/admission-answers.ts';
import { otherTenantAnswer } from '../../cards/answers.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import type { AudienceStore } from '../../src/adapters/store/audience-store.ts';
import type { FloodGuard } from '../../src/adapters/store/flood-guard.ts';
import type { Telemetry } from '../../src/adapters/telemetry/telemetry.ts';
import type { KnockAnswer, KnockKind } from '../../src/domain/flood.ts';
import type { TenantId } from '../../src/domain/ids.ts';
import { type Instant, minute } from '../../src/domain/instant.ts';
import type { AuditLog, Log } from '../../src/ports.ts';
import { type Incoming, rootOf } from './incoming.ts';
import { noteRefusal } from './refusals.ts';
import type { SignInPorts } from './sign-in.ts';

/** What letting in needs. */
export interface AdmissionPorts {
  readonly app: SignInPorts['app'];
  readonly flood: FloodGuard;
  readonly audiences: AudienceStore;
  /** The process' clock: compared with what Teams says, within minutes. */
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
  readonly audit: AuditLog;
  readonly log: Log;
}

/** Whether somebody is let in. */
export type Admission =
  | { readonly kind: 'admitted' }
  /** The answer, and whether it is worth a message of its own: a flood is told once, then dropped silently. */
  | { readonly kind: 'refused'; readonly answer: string; readonly isWorthAMessage: boolean };

/**
 * Activities are Teams' within minutes, its repeats included: what comes later is delivered by somebody who kept it, or
 * would surprise whoever has long gone on without it.
 */
const mostLate = 15 * minute;

/** Decides; asks nobody but the store. */
export async function admit(ports: AdmissionPorts, incoming: Incoming, kind: KnockKind): Promise<Admission> {
  const { person, place, language } = incoming;
  const say = catalogueOf(language);
  const knock = await countIn(ports, incoming, kind);
  if (knock.kind === 'turnedAway') {
    if (knock.isNews) {
      ports.log.warn({ whose: knock.whose, kind, person: person.oid }, 'held back a flood');
      if (isOfHome(incoming, ports.app.tenant)) await noteRefusal(ports, incoming, kind, { why: 'tooOften' });
    }
    return refused(ports, 'flood', tooMuchAnswer(say, knock), knock.isNews);
  }
  if (!isOfHome(incoming, ports.app.tenant)) return refused(ports, 'otherTenant', otherTenantAnswer(say));
  const isKnownOutsider =
    place.kind !== 'personal' && (await ports.audiences.isOutsider(rootOf(place.conversation), person.oid));
  if (isKnownOutsider) return refused(ports, 'guest', otherTenantAnswer(say));
  if (!isStale(ports, incoming)) return { kind: 'admitted' };
  await noteRefusal(ports, incoming, kind, { why: 'tooLate' });
  return refused(ports, 'late', staleAnswer(say));
}

/** Whether person and conversation are both of the bot's own tenant. */
export function isOfHome({ person, hostTenant }: Pick<Incoming, 'person' | 'hostTenant'>, home: TenantId): boolean {
  return person.tenant === home && hostTenant === home;
}

/** Whether it was sent so long ago, or dated so far ahead, that nobody waits for it any more. */
export function isStale({ clock }: Pick<AdmissionPorts, 'clock'>, { sentAt }: Pick<Incoming, 'sentAt'>): boolean {
  return sentAt !== undefined && Math.abs(clock() - sentAt) > mostLate;
}

/** While nobody can count, people are let in: what costs anything needs the same store. */
async function countIn({ flood, log }: AdmissionPorts, incoming: Incoming, kind: KnockKind): Promise<KnockAnswer> {
  const { person, place } = incoming;
  try {
    return await flood.knock({ kind, person: person.oid, conversation: rootOf(place.conversation) });
  } catch (err) {
    log.error({ err }, 'nobody could count how often people ask');
    return { kind: 'admitted' };
  }
}

function refused(
  { telemetry: { metrics } }: AdmissionPorts,
  reason: 'flood' | 'otherTenant' | 'late' | 'guest',
  answer: string,
  isWorthAMessage = true,
): Admission {
  metrics.count('strangersRefused', { reason });
  return { kind: 'refused', answer, isWorthAMessage };
}
