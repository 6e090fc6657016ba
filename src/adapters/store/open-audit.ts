/** The audit alone, for its command: reads what is there, makes no tables, starts no jobs. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Log } from '../../ports.ts';
import { type Link, links } from './audit-records.ts';
import { type ChainHead, type ChainVerdict, verifyChain } from './audit-verify.ts';
import { connect } from './backend.ts';
import type { PasswordSource } from './server-pool.ts';

/** There is no audit at this place: no store, or one that the bot has not opened yet. */
export class NoAudit extends Error {
  override readonly name = 'NoAudit';
}

/** The audit, to be read. */
export interface AuditReader {
  /** @param kept a head that was noted elsewhere earlier, and must still be in the chain */
  verify(kept?: ChainHead): Promise<ChainVerdict>;
  /** Every sealed row, in the order of the chain. */
  links(): AsyncGenerator<Link>;
  close(): Promise<void>;
}

/**
 * Opens it.
 * @param databaseUrl `postgres://…`, or the directory of an embedded store, which the bot must not have open
 * @param password for a server whose URL holds none
 * @throws StoreInUse while the bot has the directory, NoAudit, or what the database said
 */
export async function openAudit(databaseUrl: string, log: Log, password?: PasswordSource): Promise<AuditReader> {
  if (!databaseUrl.includes('://')) await mustBeStore(databaseUrl);
  const { db, close } = await connect(databaseUrl, log, password);
  try {
    const found = await sql<{ name: string | null }>`select to_regclass('audit_chain')::text as name`.execute(db);
    if (found.rows[0]?.name !== 'audit_chain') throw new NoAudit('There is no audit yet: the bot has not run on it.');
  } catch (error) {
    await close();
    throw error;
  }
  return { verify: (kept) => verifyChain(db, kept), links: () => links(db), close };
}

/** A mistyped directory must not become a new, empty store. */
async function mustBeStore(directory: string): Promise<void> {
  try {
    await access(join(directory, 'pgdata'));
  } catch (cause) {
    throw new NoAudit(`There is no store in ${directory}: is DATABASE_URL the bot’s?`, { cause });
  }
}
