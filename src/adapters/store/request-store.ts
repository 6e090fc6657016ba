import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely';
import { auditOfChange, auditOfProposal } from '../../domain/audit-of-change.ts';
import type {
  AadObjectId,
  CollectionId,
  ConversationId,
  DeviceId,
  MachineActionId,
  RequestId,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  type Collection,
  collectionsOf,
  isFollowing,
  type Proposed,
  type Request,
  type Running,
  type Unwatched,
} from '../../domain/request.ts';
import type { Effect, Outcome } from '../../domain/transition.ts';
import type { Changed, Placed, RequestStore, Source } from '../../ports.ts';
import type { SqlAuditLog } from './audit-log.ts';
import { clock, momentOf, nowIn } from './database-time.ts';
import type { JobSender } from './job-sender.ts';
import { planJobs } from './planned-job.ts';
import { requestDocument } from './request-document.ts';
import { waitingFor, watcherOf } from './request-projection.ts';
import type { Database } from './schema.ts';
import { requestId } from './wire-values.ts';

/** More requests than these go on in no conversation at once. */
const mostOpen = 200;

/** Requests in PostgreSQL, embedded or not. A document that cannot be read throws zod's error. */
export class SqlRequestStore implements RequestStore {
  readonly #db: Kysely<Database>;
  readonly #sender: JobSender;
  readonly #audit: SqlAuditLog;

  constructor(db: Kysely<Database>, sender: JobSender, audit: SqlAuditLog) {
    this.#db = db;
    this.#sender = sender;
    this.#audit = audit;
  }

  async now(): Promise<Instant> {
    return nowIn(this.#db);
  }

  async propose(
    source: Source,
    make: (now: Instant) => { request: Proposed; effects: readonly Effect[] },
  ): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const now = await nowIn(trx);
      const { request, effects } = make(now);
      const made = await trx
        .insertInto('request')
        .values({
          id: request.id,
          requester_oid: request.requester.oid,
          conversation_id: source.conversation,
          source_activity: source.activity,
          created_at: new Date(now),
          ...projectionOf(request, now),
        })
        .onConflict((conflict) => conflict.constraint('request_once_per_message').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (made === undefined) return false;
      await this.#audit.write(trx, auditOfProposal(request), now);
      await this.#sender.send(trx, planJobs(request.id, effects, now), now);
      return true;
    });
  }

  async find(id: RequestId): Promise<Request | undefined> {
    const row = await this.#db.selectFrom('request').select('document').where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : requestDocument.parse(row.document);
  }

  async findByCollection(id: CollectionId): Promise<Request | undefined> {
    const row = await this.#placed().where('collection.id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : requestDocument.parse(row.document);
  }

  async change(
    id: RequestId,
    decide: (request: Request, now: Instant) => Outcome<Request>,
  ): Promise<Changed | undefined> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .with(
          (cte) => cte('locked').materialized(),
          (db) => db.selectFrom('request').select('document').where('id', '=', id).forUpdate(),
        )
        .selectFrom('locked')
        .select(['document', clock.as('now')])
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const now = momentOf(row.now);
      const before = requestDocument.parse(row.document);
      const outcome = decide(before, now);
      if (outcome.kind === 'unchanged') return { outcome, request: before };
      await write(trx, before, outcome.to, now);
      await this.#audit.write(trx, auditOfChange(before, outcome.to), now);
      await this.#sender.send(trx, planJobs(id, outcome.effects, now), now);
      return { outcome, request: outcome.to };
    });
  }

  async waitingForSignIn(person: AadObjectId): Promise<readonly RequestId[]> {
    const rows = await this.#db
      .selectFrom('request')
      .select('id')
      .where(sql<boolean>`waiting_for @> array[${person}::text] and waiting_for <> '{}'`)
      .orderBy('number')
      .execute();
    return rows.map(({ id }) => requestId.parse(id));
  }

  async openOnDevice(device: DeviceId, except: CollectionId): Promise<Placed<Collection> | undefined> {
    const row = await this.#placed()
      .where('collection.device_id', '=', device)
      .where('collection.state', 'in', ['submitting', 'running'])
      .where('collection.id', '!=', except)
      .orderBy(sql`collection.state = 'running'`, 'desc')
      .orderBy('request.number')
      .executeTakeFirst();
    return row === undefined ? undefined : place(row);
  }

  /** Each request once, however many of its collections it is about: a document of 50 devices is long. */
  async watchedBy(watcher: AadObjectId): Promise<readonly Placed<Running>[]> {
    const rows = await this.#db
      .selectFrom('collection')
      .innerJoin('request', 'request.id', 'collection.request_id')
      .select(['request.document', sql<string[]>`array_agg(collection.id::text)`.as('collections')])
      .where('collection.state', '=', 'running')
      .where('collection.watcher_oid', '=', watcher)
      .groupBy('request.id')
      .orderBy('request.number')
      .execute();
    return rows.flatMap(({ document, collections }) => {
      const request = requestDocument.parse(document);
      return collections.flatMap((id) => {
        const collection = named(request, id);
        return collection.state === 'running' ? [{ request, collection }] : [];
      });
    });
  }

  async watchers(): Promise<number> {
    const row = await this.#db
      .selectFrom('collection')
      .select(sql<number>`count(distinct watcher_oid)::integer`.as('watchers'))
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    return row.watchers;
  }

  async followersOf(action: MachineActionId): Promise<readonly Placed<Running | Unwatched>[]> {
    const rows = await this.#placed()
      .where('collection.state', 'in', ['running', 'unwatched'])
      .where('collection.action_id', '=', action)
      .orderBy('request.number')
      .execute();
    return rows.flatMap((row) => {
      const { request, collection } = place(row);
      return isFollowing(collection) ? [{ request, collection }] : [];
    });
  }

  async aboutActions(actions: readonly MachineActionId[]): Promise<readonly Placed<Collection>[]> {
    if (actions.length === 0) return [];
    const rows = await this.#placed()
      .where('collection.action_id', 'in', [...actions])
      .orderBy('request.number')
      .execute();
    return rows.map(place);
  }

  async openIn(conversation: ConversationId): Promise<readonly RequestId[]> {
    const rows = await this.#db
      .selectFrom('request')
      .select('id')
      .where('state', 'in', ['proposed', 'awaitingApproval', 'confirmed'])
      .where(
        sql<boolean>`conversation_id = ${conversation} or starts_with(conversation_id, ${`${conversation};messageid=`})`,
      )
      .orderBy('number')
      .limit(mostOpen)
      .execute();
    return rows.map(({ id }) => requestId.parse(id));
  }

  async newestOf(requester: AadObjectId, count: number): Promise<readonly Request[]> {
    const rows = await this.#db
      .selectFrom('request')
      .select('document')
      .where('requester_oid', '=', requester)
      .orderBy(sql`state in ('proposed', 'awaitingApproval', 'confirmed')`, 'desc')
      .orderBy('number', 'desc')
      .limit(count)
      .execute();
    return rows.map(({ document }) => requestDocument.parse(document));
  }

  async requestorName(person: AadObjectId): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('person')
      .select('requestor_name')
      .where('oid', '=', person)
      .executeTakeFirst();
    return row?.requestor_name ?? undefined;
  }

  async rememberRequestorName(person: AadObjectId, name: string): Promise<void> {
    await this.#db
      .insertInto('person')
      .values({ oid: person, requestor_name: name })
      .onConflict((conflict) => conflict.column('oid').doUpdateSet({ requestor_name: name }))
      .execute();
  }

  #placed() {
    return this.#db
      .selectFrom('collection')
      .innerJoin('request', 'request.id', 'collection.request_id')
      .select(['collection.id as collection', 'request.document']);
  }
}

function projectionOf(request: Request, now: Instant) {
  return {
    state: request.state,
    revision: request.revision,
    waiting_for: [...waitingFor(request)],
    document: JSON.stringify(request),
    updated_at: new Date(now),
  };
}

/** Writes the request and those of its collections that the change touched. */
async function write(trx: Transaction<Database>, before: Request, to: Request, now: Instant): Promise<void> {
  await trx.updateTable('request').set(projectionOf(to, now)).where('id', '=', before.id).execute();
  const known = new Set(collectionsOf(before));
  const touched = collectionsOf(to).filter((collection) => !known.has(collection));
  if (touched.length === 0) return;
  await trx
    .insertInto('collection')
    .values(touched.map((collection) => collectionRow(before.id, collection)))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        state: newValue(eb, 'state'),
        watcher_oid: newValue(eb, 'watcher_oid'),
        action_id: newValue(eb, 'action_id'),
      })),
    )
    .execute();
}

function newValue<Column extends 'state' | 'watcher_oid' | 'action_id'>(
  eb: ExpressionBuilder<Database & { readonly excluded: Database['collection'] }, 'excluded'>,
  column: Column,
) {
  return eb.ref(`excluded.${column}`);
}

function collectionRow(request: RequestId, collection: Collection) {
  return {
    id: collection.id,
    request_id: request,
    device_id: collection.device.id,
    state: collection.state,
    watcher_oid: watcherOf(collection) ?? null,
    action_id: 'action' in collection ? collection.action.id : null,
  };
}

/** The collection that a row names, within its request. */
function place(row: { readonly collection: string; readonly document: unknown }): Placed<Collection> {
  const request = requestDocument.parse(row.document);
  return { request, collection: named(request, row.collection) };
}

function named(request: Request, id: string): Collection {
  const collection = collectionsOf(request).find((each) => each.id === id);
  if (collection === undefined) {
    throw new Error(`Collection ${id} has a row, but request ${request.id} does not know it.`);
  }
  return collection;
}
