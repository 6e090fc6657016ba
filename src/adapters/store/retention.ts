import { type Kysely, sql } from 'kysely';
import { callMemory } from '../../domain/call-budget.ts';
import { paceMemory } from '../../domain/chat-pace.ts';
import { floodMemory } from '../../domain/flood.ts';
import { day, type Instant, later } from '../../domain/instant.ts';
import type { Request } from '../../domain/request.ts';
import { nowIn } from './database-time.ts';
import type { Database } from './schema.ts';

/** Whether a request in this state has ended, so that time may take it. */
const isOver: { readonly [State in Request['state']]: boolean } = {
  proposed: false,
  awaitingApproval: false,
  confirmed: false,
  done: true,
  cancelled: true,
  denied: true,
  expired: true,
};
const ended = Object.entries(isOver).flatMap(([state, over]) => (over ? [state] : []));

/** A deletion locks what it deletes: so it takes little at a time. */
const batch = 200;

/**
 * Deletes requests that ended longer ago than `keepMs`, with their collections and posts, and what no limit looks at any
 * more. Everything else stays. Safe to repeat, also while another replica is at it.
 * @returns how many requests were deleted
 */
export async function deleteOld(db: Kysely<Database>, keepMs: number): Promise<number> {
  const now = await nowIn(db);
  await forgetCounts(db, now);
  await forgetAudiences(db, new Date(later(now, -7 * day)));
  const before = new Date(later(now, -keepMs));
  for (let deleted = 0; ; ) {
    const old = db
      .selectFrom('request')
      .select('id')
      .where('state', 'in', ended)
      .where('updated_at', '<', before)
      .limit(batch)
      .forUpdate()
      .skipLocked();
    const { numDeletedRows } = await db.deleteFrom('request').where('id', 'in', old).executeTakeFirstOrThrow();
    deleted += Number(numDeletedRows);
    if (numDeletedRows < batch) return deleted;
  }
}

/** A roster is read anew long before; who left the bot's conversations need not be known. */
async function forgetAudiences(db: Kysely<Database>, before: Date): Promise<void> {
  await db.deleteFrom('audience').where('read_at', '<', before).execute();
}

async function forgetCounts(db: Kysely<Database>, now: Instant): Promise<void> {
  await db
    .deleteFrom('defender_call')
    .where('at', '<', new Date(later(now, -callMemory)))
    .execute();
  await db
    .deleteFrom('sign_in_exchange')
    .where('seen_at', '<', sql<Date>`clock_timestamp() - interval '5 minutes'`)
    .execute();
  await db
    .deleteFrom('chat_pace')
    .where('updated_at', '<', new Date(later(now, -paceMemory)))
    .where((eb) => eb.or([eb('paused_until', 'is', null), eb('paused_until', '<', new Date(now))]))
    .execute();
  await db
    .deleteFrom('knock')
    .where('updated_at', '<', new Date(later(now, -floodMemory)))
    .execute();
}
