import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { AadObjectId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AuditLog } from '../../ports.ts';
import { nowIn } from './database-time.ts';
import type { JobSender } from './job-sender.ts';
import { storableText } from './planned-job.ts';
import type { Database } from './schema.ts';

/** The audit in PostgreSQL, embedded or not: rows are inserted, and never anything else. */
export class SqlAuditLog implements AuditLog {
  readonly #db: Kysely<Database>;
  readonly #sender: JobSender;

  constructor(db: Kysely<Database>, sender: JobSender) {
    this.#db = db;
    this.#sender = sender;
  }

  async record(entry: AuditEntry): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await this.write(trx, [entry], await nowIn(trx));
    });
  }

  /**
   * Inserts entries in the transaction of what they record. Each transaction brings the job that seals its own rows, so
   * no insert waits for another, and a row that is committed late is sealed late, and not forgotten.
   */
  async write(trx: Transaction<Database>, entries: readonly AuditEntry[], now: Instant): Promise<void> {
    if (entries.length === 0) return;
    const rows = await trx
      .insertInto('audit')
      .values(entries.map((entry) => rowOf(entry, now)))
      .returning('number')
      .execute();
    const numbers = rows.map(({ number }) => number);
    await this.#sender.send(trx, [{ queue: 'chainAudit', payload: { numbers }, dueAt: now }], now);
  }

  /** Notes by which user name a person is known in their tenant. Unchanged, it writes nothing. */
  async rememberUpn(person: AadObjectId, upn: string): Promise<void> {
    const known = storableText(upn);
    await this.#db
      .insertInto('person')
      .values({ oid: person, upn: known })
      .onConflict((conflict) =>
        conflict.column('oid').doUpdateSet({ upn: known }).where('person.upn', 'is distinct from', known),
      )
      .execute();
  }
}

function rowOf(entry: AuditEntry, now: Instant) {
  const { kind, by, conversation, request, collection, device, action, correlationId, details } = entry;
  return {
    at: new Date(now),
    kind,
    by_oid: by?.oid ?? null,
    by_upn: by === undefined ? null : sql<string | null>`(select upn from person where oid = ${by.oid}::uuid)`,
    by_name: by === undefined ? null : storableText(by.name),
    conversation_id: conversation ?? null,
    request_id: request ?? null,
    collection_id: collection ?? null,
    device_id: device ?? null,
    action_id: action ?? null,
    correlation_id: correlationId ?? null,
    details: JSON.stringify(details, (_key, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    ),
  };
}
