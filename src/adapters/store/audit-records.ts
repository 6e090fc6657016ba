/** How rows of the audit are read back. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import { z } from 'zod';
import type { AuditRecord } from '../../domain/audit-chain.ts';
import type { Database } from './schema.ts';

const text = z.string().nullable();
const stored = z.object({
  number: z.int(),
  at: z.date(),
  kind: z.string(),
  by_oid: text,
  by_upn: text,
  by_name: text,
  conversation_id: text,
  request_id: text,
  collection_id: text,
  device_id: text,
  action_id: text,
  correlation_id: text,
  details: z.json(),
});

/** The columns that `recordOf` reads. */
export const auditColumns = [
  'audit.number',
  'audit.at',
  'audit.kind',
  'audit.by_oid',
  'audit.by_upn',
  'audit.by_name',
  'audit.conversation_id',
  'audit.request_id',
  'audit.collection_id',
  'audit.device_id',
  'audit.action_id',
  'audit.correlation_id',
  'audit.details',
] as const;

/** A row of the audit at its place in the chain. Throws zod's error for what is no row. */
export function recordOf(position: number, row: unknown): AuditRecord {
  const { number, at, kind, ...rest } = stored.parse(row);
  return {
    position,
    number,
    at: at.toISOString(),
    kind,
    byOid: rest.by_oid,
    byUpn: rest.by_upn,
    byName: rest.by_name,
    conversation: rest.conversation_id,
    request: rest.request_id,
    collection: rest.collection_id,
    device: rest.device_id,
    action: rest.action_id,
    correlationId: rest.correlation_id,
    details: rest.details,
  };
}

/** Of a row of the audit: no link seals it yet. */
export function isUnsealed({ not, exists, selectFrom }: ExpressionBuilder<Database, 'audit'>) {
  const links = selectFrom('audit_chain').select('audit_chain.hash');
  return not(exists(links.whereRef('audit_chain.number', '=', 'audit.number')));
}

/** A link of the chain with the row that it seals; undefined where there is no such row any more. */
export interface Link {
  readonly position: number;
  readonly number: number;
  readonly hash: string;
  readonly record: AuditRecord | undefined;
}

/** So many links are read at a time. */
const pageSize = 1_000;
/** PostgreSQL's smallest `integer`: a link that somebody put before the first one is read, too. */
const smallest = -2_147_483_648;

/** The whole chain in its order, page by page. */
export async function* links(db: Kysely<Database>): AsyncGenerator<Link> {
  for (let last = smallest; ; ) {
    const rows = await db
      .selectFrom('audit_chain')
      .leftJoin('audit', 'audit.number', 'audit_chain.number')
      .select(['audit_chain.position', 'audit_chain.number as sealed', 'audit_chain.hash', ...auditColumns])
      .where('audit_chain.position', '>', last)
      .orderBy('audit_chain.position')
      .limit(pageSize)
      .execute();
    for (const { position, sealed, hash, ...row } of rows) {
      const record = row.number === null ? undefined : recordOf(position, row);
      yield { position, number: sealed, hash, record };
      last = position;
    }
    if (rows.length < pageSize) return;
  }
}
