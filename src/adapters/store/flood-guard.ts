import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { floodLimits, type KnockAnswer, type KnockKind, type KnockLedger, ruleOnKnock } from '../../domain/flood.ts';
import type { AadObjectId, ConversationId } from '../../domain/ids.ts';
import { clock, momentOf, nowIn } from './database-time.ts';
import type { Database } from './schema.ts';
import { instant } from './wire-values.ts';

/** Somebody who wants something of the bot. */
export interface Knock {
  readonly kind: KnockKind;
  readonly person: AadObjectId;
  /** Without a thread: a flood in one thread is one in its channel. */
  readonly conversation: ConversationId;
}

/** How often people may ask something of the bot, counted for all replicas together. */
export interface FloodGuard {
  /** Counts one, and says whether it is let in. */
  knock(knock: Knock): Promise<KnockAnswer>;
}

const moments = z.array(instant);
const nobody: KnockLedger = { admitted: [] };

/** The counts in PostgreSQL, embedded or not: a row per person and per conversation, locked while it is counted. */
export class SqlFloodGuard implements FloodGuard {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async knock({ kind, person, conversation }: Knock): Promise<KnockAnswer> {
    const self = `person:${person}`;
    const here = `conversation:${conversation}`;
    const isShared = floodLimits[kind].conversation.length > 0;
    return this.#db.transaction().execute(async (trx) => {
      // Always the person first: two who lock in one order never wait for each other.
      const own = await readLocked(trx, self, kind);
      const shared = isShared ? await readLocked(trx, here, kind) : nobody;
      const ruling = ruleOnKnock(kind, own, shared, await nowIn(trx));
      if (ruling.person !== undefined) await write(trx, self, kind, ruling.person);
      if (isShared && ruling.conversation !== undefined) await write(trx, here, kind, ruling.conversation);
      return ruling.answer;
    });
  }
}

/** Locks the row, making it if need be. */
async function readLocked(trx: Transaction<Database>, who: string, kind: KnockKind): Promise<KnockLedger> {
  const row = await trx
    .insertInto('knock')
    .values({ who, kind, admitted: '[]' })
    .onConflict((conflict) => conflict.columns(['who', 'kind']).doUpdateSet({ who }))
    .returning(['admitted', 'told_at'])
    .executeTakeFirstOrThrow();
  const admitted = moments.parse(row.admitted);
  return row.told_at === null ? { admitted } : { admitted, toldAt: momentOf(row.told_at) };
}

async function write(
  trx: Transaction<Database>,
  who: string,
  kind: KnockKind,
  { admitted, toldAt }: KnockLedger,
): Promise<void> {
  await trx
    .updateTable('knock')
    .set({
      admitted: JSON.stringify(admitted),
      told_at: toldAt === undefined ? null : new Date(toldAt),
      updated_at: clock,
    })
    .where('who', '=', who)
    .where('kind', '=', kind)
    .execute();
}
