import { type Kysely, sql } from 'kysely';
import type { RequestId } from '../../domain/ids.ts';
import { deadLetterQueue } from './queues.ts';
import type { Database } from './schema.ts';
import { requestId } from './wire-values.ts';

/** The jobs that were given up: their retries are used up, or a repeat would be in vain. */
export class DeadLetters {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** How many there are, of all queues. */
  async count(): Promise<number> {
    const counted = sql<{ count: number }>`select count(*)::integer as count from pgboss.job where ${lies}`;
    const { rows } = await counted.execute(this.#db);
    return rows[0]?.count ?? 0;
  }

  /** Those of these requests whose card or message could not be posted, and was given up. */
  async undelivered(requests: readonly RequestId[]): Promise<ReadonlySet<RequestId>> {
    if (requests.length === 0) return new Set();
    const found = sql<{ id: string }>`select distinct data->>'request' as id from pgboss.job
      where ${lies} and source_name = 'announce' and data->>'request' in (${sql.join(requests)})`;
    const { rows } = await found.execute(this.#db);
    return new Set(rows.map(({ id }) => requestId.parse(id)));
  }

  /** What was given up has been posted after all. */
  async delivered(request: RequestId): Promise<void> {
    const settled = sql`delete from pgboss.job
      where ${lies} and source_name = 'announce' and data->>'request' = ${request}`;
    await settled.execute(this.#db);
  }
}

const lies = sql`name = ${deadLetterQueue} and state = 'created'`;
