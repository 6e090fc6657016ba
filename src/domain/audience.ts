/** Who reads along in a conversation: only people of the organisation, or others as well. */
import { type AadObjectId, parseAadObjectId, type TenantId } from './ids.ts';

/** Who reads along. */
export type Audience =
  /** People of the organisation alone. */
  | 'own'
  /** Others as well: guests, another organisation's people, somebody without an account. */
  | 'mixed'
  /** Nobody could tell just now. */
  | 'unknown';

/** What a roster says of one member. All of it is what the chat says; what it leaves out is undefined. */
export interface Member {
  readonly oid: string | undefined;
  readonly tenant: string | undefined;
  readonly role: string | undefined;
  readonly upn: string | undefined;
}

/** A roster, judged. */
export interface Roster {
  readonly audience: Audience;
  /** The outsiders that have an object id, so that they are known when they click; at most `mostOutsiders`. */
  readonly outsiders: readonly AadObjectId[];
}

/** So many outsiders are known one by one. */
export const mostOutsiders = 500;

/** What is not known to be one of ours is none of ours. A guest's role says so, and their user name has `#EXT#` in it. */
export function isOutsider({ tenant, role, upn }: Member, home: TenantId): boolean {
  if (tenant?.toLowerCase() !== home) return true;
  if (role !== undefined && /^(?:guest|anonymous)$/i.test(role)) return true;
  return upn?.toUpperCase().includes('#EXT#') === true;
}

/** @param isWhole false when there are more members than were read */
export function rosterOf(members: readonly Member[], isWhole: boolean, home: TenantId): Roster {
  const outsiders = members.filter((member) => isOutsider(member, home));
  const known = outsiders.flatMap(({ oid }) => parseAadObjectId(oid ?? '') ?? []);
  const audience = outsiders.length > 0 ? 'mixed' : isWhole ? 'own' : 'unknown';
  return { audience, outsiders: known.slice(0, mostOutsiders) };
}
