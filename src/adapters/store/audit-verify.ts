/** Proves the hash chain of the audit, or names the first row that breaks it. Reads one snapshot, changes nothing. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { genesis, linkHash } from '../../domain/audit-chain.ts';
import { isUnsealed, type Link, links } from './audit-records.ts';
import type { Database } from './schema.ts';

/** How long the chain is, and its newest hash: kept elsewhere, they show whether its tail was cut off. */
export interface ChainHead {
  readonly count: number;
  readonly hash: string;
}

/** What breaks the chain. */
export type ChainFault =
  /** No link has this position. */
  | { readonly kind: 'missingLink'; readonly position: number }
  /** The row that this link seals is gone. */
  | { readonly kind: 'missingRow'; readonly position: number; readonly number: number }
  /** The row, its place, or the link is not what was sealed. */
  | { readonly kind: 'changed'; readonly position: number; readonly number: number }
  /** A row that no link seals, and no job is about to. */
  | { readonly kind: 'unsealed'; readonly number: number }
  /** The chain does not have what was noted earlier: its tail was cut off, or it was written anew. */
  | { readonly kind: 'keptHeadMissing'; readonly kept: ChainHead };

/** The proof: an unbroken chain, with so many rows that wait to be sealed; or its first fault. */
export type ChainVerdict =
  | { readonly ok: true; readonly head: ChainHead; readonly waiting: number }
  | { readonly ok: false; readonly fault: ChainFault };

/** @param kept a head that was noted elsewhere earlier, and must still be in the chain */
export async function verifyChain(db: Kysely<Database>, kept?: ChainHead): Promise<ChainVerdict> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (trx) => {
    let head: ChainHead = { count: 0, hash: genesis };
    let hasKept = kept === undefined || isSame(head, kept);
    for await (const link of links(trx)) {
      const fault = faultOf(link, head);
      if (fault !== undefined) return { ok: false, fault };
      head = { count: link.position, hash: link.hash };
      hasKept ||= kept !== undefined && isSame(head, kept);
    }
    if (kept !== undefined && !hasKept) return { ok: false, fault: { kind: 'keptHeadMissing', kept } };
    const { waiting, stray } = await readUnsealed(trx);
    if (stray !== undefined) return { ok: false, fault: { kind: 'unsealed', number: stray } };
    return { ok: true, head, waiting };
  });
}

function isSame(one: ChainHead, other: ChainHead): boolean {
  return one.count === other.count && one.hash === other.hash;
}

function faultOf({ position, number, hash, record }: Link, before: ChainHead): ChainFault | undefined {
  const expected = before.count + 1;
  if (position > expected) return { kind: 'missingLink', position: expected };
  if (position < expected) return { kind: 'changed', position, number };
  if (record === undefined) return { kind: 'missingRow', position, number };
  return linkHash(before.hash, record) === hash ? undefined : { kind: 'changed', position, number };
}

const job = z.object({ numbers: z.array(z.int()) });

/** A row is inserted together with the job that seals it, and the job ends after its link: one without both came in otherwise. */
async function readUnsealed(db: Kysely<Database>) {
  const rows = await db.selectFrom('audit').select('number').where(isUnsealed).orderBy('number').execute();
  if (rows.length === 0) return { waiting: 0, stray: undefined };
  const jobs = await sql<{ data: unknown }>`select data from pgboss.job
    where name = 'chainAudit' and state in ('created', 'retry', 'active')`.execute(db);
  const awaited = new Set(jobs.rows.flatMap(({ data }) => job.parse(data).numbers));
  return { waiting: rows.length, stray: rows.find(({ number }) => !awaited.has(number))?.number };
}
