import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AadObjectId, ConversationId, TenantId } from '../../domain/ids.ts';
import type { ConversationKind } from '../../domain/place.ts';
import { clock } from './database-time.ts';
import type { Database } from './schema.ts';
import { conversationId, conversationKind, tenantId } from './wire-values.ts';

/** How the bot reaches a conversation when nobody has just written there. */
export interface ConversationReference {
  readonly conversation: ConversationId;
  readonly kind: ConversationKind;
  /** As the newest authenticated activity said; Teams moves conversations between hosts. */
  readonly serviceUrl: string;
  readonly tenant: TenantId;
}

/** The newest conversation reference of each conversation, and everybody's 1:1 conversation with the bot. */
export interface ConversationStore {
  /** Notes where a conversation is reached from now on. Unchanged, it writes nothing. */
  remember(reference: ConversationReference): Promise<void>;
  find(conversation: ConversationId): Promise<ConversationReference | undefined>;
  /** The bot was removed from there: nothing is kept of it but the service URL that its tenant was reached by last. */
  forget(conversation: ConversationId): Promise<void>;
  /** Where a tenant was reached last, by any conversation. */
  serviceUrlOf(tenant: TenantId): Promise<string | undefined>;
  rememberPersonal(person: AadObjectId, conversation: ConversationId): Promise<void>;
  /** The person's 1:1 conversation with the bot, where it is known. */
  personalOf(person: AadObjectId): Promise<ConversationId | undefined>;
}

const found = z.object({ id: conversationId, kind: conversationKind, service_url: z.string(), tenant_id: tenantId });

/** Conversations in PostgreSQL, embedded or not. */
export class SqlConversationStore implements ConversationStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async remember({ conversation, kind, serviceUrl, tenant }: ConversationReference): Promise<void> {
    const values = { kind, service_url: serviceUrl, tenant_id: tenant };
    await this.#db
      .insertInto('conversation')
      .values({ id: conversation, ...values })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ ...values, updated_at: clock })
          .where((eb) =>
            eb.or([
              eb('conversation.kind', '!=', kind),
              eb('conversation.service_url', '!=', serviceUrl),
              eb('conversation.tenant_id', '!=', tenant),
            ]),
          ),
      )
      .execute();
    await this.#db
      .insertInto('tenant')
      .values({ id: tenant, service_url: serviceUrl })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ service_url: serviceUrl }).where('tenant.service_url', '!=', serviceUrl),
      )
      .execute();
  }

  async forget(conversation: ConversationId): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('conversation').where('id', '=', conversation).execute();
      await trx
        .updateTable('person')
        .set({ personal_conversation_id: null })
        .where('personal_conversation_id', '=', conversation)
        .execute();
    });
  }

  async serviceUrlOf(tenant: TenantId): Promise<string | undefined> {
    const row = await this.#db.selectFrom('tenant').select('service_url').where('id', '=', tenant).executeTakeFirst();
    return row?.service_url;
  }

  async find(conversation: ConversationId): Promise<ConversationReference | undefined> {
    const row = await this.#db
      .selectFrom('conversation')
      .select(['id', 'kind', 'service_url', 'tenant_id'])
      .where('id', '=', conversation)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { id, kind, service_url, tenant_id } = found.parse(row);
    return { conversation: id, kind, serviceUrl: service_url, tenant: tenant_id };
  }

  async rememberPersonal(person: AadObjectId, conversation: ConversationId): Promise<void> {
    await this.#db
      .insertInto('person')
      .values({ oid: person, personal_conversation_id: conversation })
      .onConflict((conflict) => conflict.column('oid').doUpdateSet({ personal_conversation_id: conversation }))
      .execute();
  }

  async personalOf(person: AadObjectId): Promise<ConversationId | undefined> {
    const row = await this.#db
      .selectFrom('person')
      .select('personal_conversation_id')
      .where('oid', '=', person)
      .executeTakeFirst();
    const id = row?.personal_conversation_id;
    return id === null || id === undefined ? undefined : conversationId.parse(id);
  }
}
