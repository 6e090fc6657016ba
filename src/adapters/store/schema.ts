/** The tables, as Kysely sees them. `migrations.ts` makes them. pg-boss keeps its own in the schema `pgboss`. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Audience } from '../../domain/audience.ts';
import type { CallPriority } from '../../domain/call-budget.ts';
import type { KnockKind } from '../../domain/flood.ts';

/** Read as a Date by both drivers. Written by the database's clock, but for `next_sweep_at`. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;
/** JSON text in, parsed value out. Untrusted until `request-document.ts` has read it. */
type Json = ColumnType<unknown, string, string>;

/** One row per request. `document` is the truth; the columns beside it are there to be asked for. */
export interface RequestTable {
  readonly id: string;
  /** Order of making. */
  readonly number: Generated<string>;
  readonly state: string;
  readonly revision: number;
  readonly requester_oid: string;
  readonly conversation_id: string;
  /** With the conversation unique: a redelivered message proposes nothing. */
  readonly source_activity: string;
  /** `oid`s of the people whose sign-in would let something go on. */
  readonly waiting_for: string[];
  readonly document: Json;
  readonly created_at: Timestamp;
  readonly updated_at: Timestamp;
}

/** One row per collection: a projection of its request's document, rewritten with each change. */
export interface CollectionTable {
  readonly id: string;
  readonly request_id: string;
  readonly device_id: string;
  readonly state: string;
  readonly watcher_oid: string | null;
  readonly action_id: string | null;
}

/** What stands in a conversation, of one request. */
export interface PostTable {
  readonly request_id: string;
  readonly what: string;
  readonly conversation_id: string;
  readonly activity_id: string;
  readonly fingerprint: string;
  readonly updated_at: Timestamp;
}

/** When a watcher's next sweep is due; null while none is planned. */
export interface WatchTable {
  readonly watcher_oid: string;
  readonly next_sweep_at: ColumnType<Date | null, Date, Date | null>;
}

/** What is known of a person beyond one request. */
export interface PersonTable {
  readonly oid: string;
  readonly requestor_name: string | null;
  /** As a sign-in of theirs said last; for the audit. */
  readonly upn: string | null;
  readonly personal_conversation_id: string | null;
}

/** Where the bot can reach a conversation. */
export interface ConversationTable {
  readonly id: string;
  readonly kind: string;
  readonly service_url: string;
  readonly tenant_id: string;
  readonly updated_at: Timestamp;
}

/** Ids of token exchanges of the last minutes. */
export interface SignInExchangeTable {
  readonly id: string;
  readonly seen_at: Timestamp;
}

/** An API of Defender: its row is locked while its calls are counted. */
export interface DefenderApiTable {
  readonly api: string;
  /** A 429 said so. */
  readonly paused_until: ColumnType<Date | null, Date | undefined, Date>;
}

/** A call to Defender that was made within the last hour, or a turn that was given. */
export interface DefenderCallTable {
  readonly api: string;
  readonly at: ColumnType<Date, Date, Date>;
  readonly priority: CallPriority;
  /** Who has the turn; null for a call that was made. */
  readonly turn_of: string | null;
}

/** What was written into a conversation of late; of all conversations together in the row `*`. */
export interface ChatPaceTable {
  readonly conversation_id: string;
  /** Milliseconds since 1970, in their order. */
  readonly posts: Json;
  /** A 429 said so. */
  readonly paused_until: ColumnType<Date | null, Date | undefined, Date>;
  readonly updated_at: Timestamp;
}

/** Where a tenant was reached last: a person there can be written to in 1:1 also where no conversation is known. */
export interface TenantTable {
  readonly id: string;
  readonly service_url: string;
}

/** One row per decision; never updated, never deleted. It outlives its request, so nothing here refers to one. */
export interface AuditTable {
  /** In the order of the inserts; one that was rolled back leaves a gap. */
  readonly number: GeneratedAlways<number>;
  readonly at: ColumnType<Date, Date, never>;
  readonly kind: string;
  readonly by_oid: string | null;
  readonly by_upn: string | null;
  readonly by_name: string | null;
  readonly conversation_id: string | null;
  readonly request_id: string | null;
  readonly collection_id: string | null;
  readonly device_id: string | null;
  readonly action_id: string | null;
  readonly correlation_id: string | null;
  readonly details: ColumnType<unknown, string, never>;
}

/** The hash chain over the audit, beside it, so that a row of the audit is never touched again. */
export interface AuditChainTable {
  /** 1, 2, 3, … without a gap. */
  readonly position: number;
  /** The row that is sealed here. */
  readonly number: number;
  readonly hash: string;
}

/** What one person, or everybody in one conversation, asked of late. */
export interface KnockTable {
  /** `person:` or `conversation:`, and the id. */
  readonly who: string;
  readonly kind: KnockKind;
  /** Milliseconds since 1970, in their order. */
  readonly admitted: Json;
  /** When they were last told that it is too much. */
  readonly told_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  readonly updated_at: Timestamp;
}

/** Who reads along in a conversation, as its roster said last. */
export interface AudienceTable {
  readonly conversation_id: string;
  readonly audience: Audience;
  /** Object ids. */
  readonly outsiders: string[];
  readonly read_at: Timestamp;
}

/** Every table of ours. */
export interface Database {
  readonly request: RequestTable;
  readonly collection: CollectionTable;
  readonly post: PostTable;
  readonly watch: WatchTable;
  readonly person: PersonTable;
  readonly conversation: ConversationTable;
  readonly sign_in_exchange: SignInExchangeTable;
  readonly defender_api: DefenderApiTable;
  readonly defender_call: DefenderCallTable;
  readonly chat_pace: ChatPaceTable;
  readonly tenant: TenantTable;
  readonly knock: KnockTable;
  readonly audience: AudienceTable;
  readonly audit: AuditTable;
  readonly audit_chain: AuditChainTable;
}
