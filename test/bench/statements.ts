/** Which statements a bot sends to PostgreSQL: each is a round trip, and somebody waits for it. */
import pg from 'pg';
import { z } from 'zod';

/** What PostgreSQL has to be started with, so that it counts. */
export const countingSettings = ['-c', 'shared_preload_libraries=pg_stat_statements'] as const;

/** A statement, and how often it was sent. */
export interface Statement {
  readonly text: string;
  readonly calls: number;
}

const counted = z.array(z.object({ query: z.string(), calls: z.coerce.number() }));

/**
 * Counts what others send to a database while `work` goes on, the most frequent first. What PostgreSQL asks itself for
 * foreign keys (`… FROM ONLY …`) is no round trip.
 * @param url of a database on a server with `countingSettings`
 */
export async function statementsDuring(url: string, work: () => Promise<void>): Promise<readonly Statement[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select pg_stat_statements_reset()');
    await work();
    const { rows } = await client.query(
      `select query, sum(calls) as calls from pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and query not like '%pg_stat_statements%' and query not like 'SELECT 1 FROM ONLY %'
       group by query order by 2 desc, 1`,
    );
    return counted.parse(rows).map(({ query, calls }) => ({ text: query.replace(/\s+/g, ' ').trim(), calls }));
  } finally {
    await client.end();
  }
}
