/** Opens the store: connects, prepares it, and hands out its parts. */

import { sql } from 'kysely';
import type { DefenderBudget, Log, PostStore, RequestStore } from '../../ports.ts';
import { type AudienceStore, SqlAudienceStore } from './audience-store.ts';
import { chainRows } from './audit-chain.ts';
import { SqlAuditLog } from './audit-log.ts';
import { type Backend, connect } from './backend.ts';
import { type ChatPace, SqlChatPace } from './chat-pace-store.ts';
import { type ConversationStore, SqlConversationStore } from './conversation-store.ts';
import { DeadLetters } from './dead-letters.ts';
import { SqlDefenderBudget } from './defender-budget.ts';
import { readFigures, type StoreFigures } from './figures.ts';
import { type FloodGuard, SqlFloodGuard } from './flood-guard.ts';
import { JobSender } from './job-sender.ts';
import { Jobs } from './jobs.ts';
import { SqlPostStore } from './post-store.ts';
import { prepare } from './prepare-store.ts';
import { SqlRequestStore } from './request-store.ts';
import { deleteOld } from './retention.ts';
import type { PasswordSource } from './server-pool.ts';
import { type SignInStore, SqlSignInStore } from './sign-in-store.ts';

/** Everything durable. */
export interface Store {
  readonly requests: RequestStore;
  readonly posts: PostStore;
  readonly jobs: Jobs;
  readonly signInExchanges: SignInStore;
  readonly conversations: ConversationStore;
  readonly budget: DefenderBudget;
  readonly pace: ChatPace;
  readonly flood: FloodGuard;
  readonly audiences: AudienceStore;
  readonly deadLetters: DeadLetters;
  readonly audit: SqlAuditLog;
  /** What is true of all replicas together, in numbers. */
  figures(): Promise<StoreFigures>;
  /** Seals these rows of the audit in its hash chain. */
  chainAudit(numbers: readonly number[]): Promise<void>;
  /**
   * Deletes what ended longer ago.
   * @returns how many requests were deleted
   */
  deleteOld(keepMs: number): Promise<number>;
  /** Resolves when the database answers. */
  ready(): Promise<void>;
  /**
   * Stops the jobs and closes the database. Call it once.
   * @param patienceMs how long the jobs at work are waited for; pg-boss makes it 1 s at least
   */
  close(patienceMs?: number): Promise<void>;
}

/**
 * Opens the store, making it first if need be.
 * @param databaseUrl `postgres://…`, or a directory for the embedded store
 * @param password for a server whose URL holds none
 * @throws StoreInUse when another process has the directory, MigrationFailed, or what the database said
 */
export async function openStore(databaseUrl: string, log: Log, password?: PasswordSource): Promise<Store> {
  return openOn(await connect(databaseUrl, log, password), log);
}

/** Opens the store on a backend, which it closes if that fails. */
export async function openOn(backend: Backend, log: Log): Promise<Store> {
  await prepare(backend, log);
  return storeOn(backend, log);
}

function storeOn({ db, boss, close }: Backend, log: Log): Store {
  const sender = new JobSender(boss);
  const deadLetters = new DeadLetters(db);
  const audit = new SqlAuditLog(db, sender);
  const jobs = new Jobs(boss, db, sender, deadLetters, log);
  return {
    requests: new SqlRequestStore(db, sender, audit),
    audit,
    figures: () => readFigures(db),
    chainAudit: (numbers) => chainRows(db, numbers),
    posts: new SqlPostStore(db, deadLetters),
    jobs,
    signInExchanges: new SqlSignInStore(db),
    conversations: new SqlConversationStore(db),
    budget: new SqlDefenderBudget(db),
    pace: new SqlChatPace(db),
    flood: new SqlFloodGuard(db),
    audiences: new SqlAudienceStore(db),
    deadLetters,
    deleteOld: (keepMs) => deleteOld(db, keepMs),
    ready: async () => {
      await sql`select 1`.execute(db);
    },
    close: async (patienceMs) => {
      try {
        await jobs.stop(patienceMs);
      } finally {
        await close();
      }
    },
  };
}
