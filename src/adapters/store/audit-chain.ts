/** Seals rows of the audit: each gets a place in the chain, and a hash over itself and everything before it. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { genesis, linkHash } from '../../domain/audit-chain.ts';
import { auditColumns, isUnsealed, recordOf } from './audit-records.ts';
import type { Database } from './schema.ts';

/** One hand at the chain at a time, over all replicas: 'audit' on a telephone's keys. */
const lockKey = 28_348;

/** Seals these rows in the order of their numbers; those that are sealed already stay where they are. */
export async function chainRows(db: Kysely<Database>, numbers: readonly number[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(lockKey)})`.execute(trx);
    const rows = await unsealed(trx, numbers);
    if (rows.length === 0) return;
    let { position, hash } = await headOf(trx);
    const sealed = rows.map((row) => {
      position += 1;
      hash = linkHash(hash, recordOf(position, row));
      return { position, number: row.number, hash };
    });
    await trx.insertInto('audit_chain').values(sealed).execute();
  });
}

function unsealed(trx: Transaction<Database>, numbers: readonly number[]) {
  return trx
    .selectFrom('audit')
    .select(auditColumns)
    .where('audit.number', 'in', [...numbers])
    .where(isUnsealed)
    .orderBy('audit.number')
    .execute();
}

/** The newest link; of an empty chain, what stands before the first. */
async function headOf(trx: Transaction<Database>): Promise<{ readonly position: number; readonly hash: string }> {
  const head = await trx
    .selectFrom('audit_chain')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return head ?? { position: 0, hash: genesis };
}
