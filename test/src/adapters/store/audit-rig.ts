/** An audit of its own for each test: an empty one, or five decisions that are sealed. */
import { sql } from 'kysely';
import { links } from '../../../../src/adapters/store/audit-records.ts';
import type { AuditRecord } from '../../../../src/domain/audit-chain.ts';
import type { AuditEntry } from '../../../../src/domain/audit-entry.ts';
import { deviceId, machineActionId, requestId } from '../../../build/ids.ts';
import { dana, omar } from '../../../build/person.ts';
import { aPlace } from '../../../build/request.ts';
import type { RealStore } from './backends.ts';

/** Five decisions, as different as they get. */
export const decisions: readonly AuditEntry[] = [
  { kind: 'signedIn', by: dana, details: {} },
  {
    kind: 'asked',
    by: dana,
    conversation: aPlace().conversation,
    request: requestId(),
    details: { reason: 'half a pair \ud800, and a NUL \0', devices: ['ws-mia-042'] },
  },
  {
    kind: 'cancelAsked',
    by: omar,
    action: machineActionId(),
    device: deviceId(),
    details: { reason: '"quoted", typed' },
  },
  { kind: 'expired', request: requestId(2), details: {} },
  { kind: 'linkFetched', by: omar, action: machineActionId(), details: {} },
];

/** Empties the audit, its chain, and the jobs that would seal it. */
export async function emptyAudit({ backend: { db } }: RealStore): Promise<void> {
  await sql`truncate audit, audit_chain restart identity`.execute(db);
  await sql`delete from pgboss.job where name = 'chainAudit'`.execute(db);
}

/** Rows 1 to 5, at the positions 1 to 5 of the chain. */
export async function sealedAudit(real: RealStore): Promise<void> {
  await emptyAudit(real);
  for (const decision of decisions) await real.store.audit.record(decision);
  await seal(real);
}

/** Does what the waiting jobs would. */
export async function seal({ store, backend }: RealStore): Promise<void> {
  for (const numbers of await waitingRows({ backend })) await store.chainAudit(numbers);
  await sql`delete from pgboss.job where name = 'chainAudit'`.execute(backend.db);
}

/** The rows that jobs wait to seal, per job. */
export async function waitingRows({ backend }: Pick<RealStore, 'backend'>): Promise<readonly (readonly number[])[]> {
  const jobs = await backend.boss.findJobs<{ readonly numbers: readonly number[] }>('chainAudit', { queued: true });
  return jobs.map(({ data }) => data.numbers).toSorted(([one = 0], [other = 0]) => one - other);
}

/** The chain's order, as row numbers. */
export async function chained({ backend: { db } }: RealStore): Promise<readonly number[]> {
  const rows = await db.selectFrom('audit_chain').select('number').orderBy('position').execute();
  return rows.map(({ number }) => number);
}

/** The sealed rows in the chain's order; undefined where one is gone. */
export async function records({ backend: { db } }: RealStore): Promise<readonly (AuditRecord | undefined)[]> {
  const found: (AuditRecord | undefined)[] = [];
  for await (const { record } of links(db)) found.push(record);
  return found;
}
