import { type Kysely, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { queueNames } from './job-payloads.ts';
import type { Database } from './schema.ts';

/**
 * Gives back the jobs that a killed process was at, at once instead of after their heartbeat. Only for a database that
 * no other process can use: elsewhere they may be at work in another replica.
 */
export async function releaseOrphans(db: Kysely<Database>, boss: PgBoss): Promise<void> {
  for (const queue of queueNames) {
    const active = sql<{ id: string }>`select id from pgboss.job where name = ${queue} and state = 'active'`;
    const { rows } = await active.execute(db);
    if (rows.length > 0)
      await boss.fail(
        queue,
        rows.map(({ id }) => id),
      );
  }
}
