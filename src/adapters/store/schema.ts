/** The tables, as Kysely sees them. `migrations.ts` makes them. pg-boss keeps its own in the schema `pgboss`. */
import type { ColumnType, Generated } from 'kysely';
import type { CallPriority } from '../../domain/call-budget.ts';

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
}
