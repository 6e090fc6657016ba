/** The hash chain over the audit: each link seals its record and, by the link before it, everything earlier. */
import { createHash } from 'node:crypto';

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A chained record as it is hashed, exported, and kept: every field stands there, null where it does not apply. */
export interface AuditRecord {
  /** Place in the chain: 1, 2, 3, … without a gap. */
  readonly position: number;
  /** The row's own number, in the order of the inserts; rolled back ones leave gaps. */
  readonly number: number;
  /** ISO 8601 UTC with milliseconds, by the database's clock. */
  readonly at: string;
  readonly kind: string;
  readonly byOid: string | null;
  readonly byUpn: string | null;
  readonly byName: string | null;
  readonly conversation: string | null;
  readonly request: string | null;
  readonly collection: string | null;
  readonly device: string | null;
  readonly action: string | null;
  readonly correlationId: string | null;
  readonly details: Json;
}

/** What stands before the first link. */
export const genesis = '0'.repeat(64);

/** SHA-256 of the hash before, a line feed, and the record as canonical JSON; 64 lower-case hex digits. */
export function linkHash(previous: string, record: AuditRecord): string {
  return createHash('sha256')
    .update(`${previous}\n${canonicalJson({ ...record })}`)
    .digest('hex');
}

/** JSON without white space and with the keys of every object in the order of their UTF-16 code units (RFC 8785). */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
