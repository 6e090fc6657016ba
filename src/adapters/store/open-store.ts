/** Opens the store: connects, brings the tables up to date, starts the queues. */

import { sql } from 'kysely';
import type { DefenderBudget, Log, PostStore, RequestStore } from '../../ports.ts';
import { type Backend, connectToServer, openDirectory } from './backend.ts';
import { type ConversationStore, SqlConversationStore } from './conversation-store.ts';
import { SqlDefenderBudget } from './defender-budget.ts';
import { queueNames } from './job-payloads.ts';
import { JobSender } from './job-sender.ts';
import { Jobs } from './jobs.ts';
import { migrate } from './migrations.ts';
import { releaseOrphans } from './orphans.ts';
import { SqlPostStore } from './post-store.ts';
import { makeQueues } from './queues.ts';
import { SqlRequestStore } from './request-store.ts';
import { type SignInStore, SqlSignInStore } from './sign-in-store.ts';

/** Everything durable. */
export interface Store {
  readonly requests: RequestStore;
  readonly posts: PostStore;
  readonly jobs: Jobs;
  readonly signInExchanges: SignInStore;
  readonly conversations: ConversationStore;
  readonly budget: DefenderBudget;
  /** Resolves when the database answers. */
  ready(): Promise<void>;
  /** Stops the jobs (up to 10 s) and closes the database. Call it once. */
  close(): Promise<void>;
}

/**
 * Opens the store, making it first if need be.
 * @param databaseUrl `postgres://…`, or a directory for the embedded store
 * @throws StoreInUse when another process has the directory, MigrationFailed, or what the database said
 */
export async function openStore(databaseUrl: string, log: Log): Promise<Store> {
  return openOn(await connect(databaseUrl, log), log);
}

/** Opens the store on a backend, which it closes if that fails. */
export async function openOn(backend: Backend, log: Log): Promise<Store> {
  const { db, boss } = backend;
  boss.on('error', (error) => log.error({ err: error }, 'the job queue met an error'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, `job queue: ${message}`));
  try {
    await migrate(db);
    await boss.start();
    await makeQueues(boss, queueNames);
    if (backend.isOurs) await releaseOrphans(db, boss);
  } catch (error) {
    await boss.stop({ graceful: false });
    await backend.close();
    throw error;
  }
  return storeOn(backend, log);
}

function storeOn({ db, boss, close }: Backend, log: Log): Store {
  const sender = new JobSender(boss);
  const jobs = new Jobs(boss, db, sender, log);
  return {
    requests: new SqlRequestStore(db, sender),
    posts: new SqlPostStore(db),
    jobs,
    signInExchanges: new SqlSignInStore(db),
    conversations: new SqlConversationStore(db),
    budget: new SqlDefenderBudget(db),
    ready: async () => {
      await sql`select 1`.execute(db);
    },
    close: async () => {
      try {
        await jobs.stop();
      } finally {
        await close();
      }
    },
  };
}

async function connect(databaseUrl: string, log: Log): Promise<Backend> {
  if (/^postgres(?:ql)?:\/\//i.test(databaseUrl)) return connectToServer(databaseUrl, log);
  // The text may hold a password: never repeat it.
  if (databaseUrl.includes('://')) throw new TypeError('DATABASE_URL is neither postgres://… nor a directory.');
  return openDirectory(databaseUrl);
}
