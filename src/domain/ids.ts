/**
 * Every id in the house. An id is made only by its parser, at the border where text comes in,
 * so that two ids of different kinds cannot be swapped and an unchecked string cannot pass as one.
 */
import { randomBytes, randomUUID } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Kind extends string> = string & { readonly [brand]: Kind };

/** Defender's id of a device: 40 hex digits (SHA-1) or 32, lower case. Both stand in Microsoft's documentation. */
export type DeviceId = Branded<'DeviceId'>;
/** Defender's id of a machine action: a GUID, lower case. */
export type MachineActionId = Branded<'MachineActionId'>;
/** Our id of one line that a responder typed: a GUID. */
export type RequestId = Branded<'RequestId'>;
/** Our id of one device within a request: a GUID. */
export type CollectionId = Branded<'CollectionId'>;
/** What marks a machine action as ours: 20 hex digits (80 random bits) that open Defender's Comment. */
export type CollectionRef = Branded<'CollectionRef'>;
/** Entra's object id (`oid`) of a person: a GUID, lower case. */
export type AadObjectId = Branded<'AadObjectId'>;
/** Entra's id of a tenant (`tid`): a GUID, lower case. */
export type TenantId = Branded<'TenantId'>;
/** The chat's own id of a person (`29:…`): the key of mentions and of the Token Service. */
export type ChatUserId = Branded<'ChatUserId'>;
/** The chat's id of a conversation; in a channel it names the thread (`…;messageid=…`). */
export type ConversationId = Branded<'ConversationId'>;
/** The chat's id of one message within its conversation. */
export type ActivityId = Branded<'ActivityId'>;
/** What an administrator needs to find a refused call: Defender's `target`, Entra's correlation id, our own in the log. */
export type CorrelationId = Branded<'CorrelationId'>;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const deviceId = /^(?:[0-9a-f]{40}|[0-9a-f]{32})$/i;
const ref = /^[0-9a-f]{20}$/;
const printable = /^[\x21-\x7e]+$/;

/** 40 or 32 hex digits in any case, else undefined. */
export function parseDeviceId(text: string): DeviceId | undefined {
  return deviceId.test(text) ? (text.toLowerCase() as DeviceId) : undefined;
}

/** A GUID in any case, else undefined. */
export function parseMachineActionId(text: string): MachineActionId | undefined {
  return guid.test(text) ? (text.toLowerCase() as MachineActionId) : undefined;
}

/** A GUID in any case, else undefined. */
export function parseRequestId(text: string): RequestId | undefined {
  return guid.test(text) ? (text.toLowerCase() as RequestId) : undefined;
}

/** A GUID in any case, else undefined. */
export function parseCollectionId(text: string): CollectionId | undefined {
  return guid.test(text) ? (text.toLowerCase() as CollectionId) : undefined;
}

/** 20 lower-case hex digits, else undefined. */
export function parseCollectionRef(text: string): CollectionRef | undefined {
  return ref.test(text) ? (text as CollectionRef) : undefined;
}

/** A GUID in any case, else undefined. */
export function parseAadObjectId(text: string): AadObjectId | undefined {
  return guid.test(text) ? (text.toLowerCase() as AadObjectId) : undefined;
}

/** A GUID in any case, else undefined. */
export function parseTenantId(text: string): TenantId | undefined {
  return guid.test(text) ? (text.toLowerCase() as TenantId) : undefined;
}

/** Any printable ASCII without blanks, up to 300 characters, else undefined. */
export function parseChatUserId(text: string): ChatUserId | undefined {
  return isOpaqueId(text) ? (text as ChatUserId) : undefined;
}

/** Any printable ASCII without blanks, up to 300 characters, else undefined. */
export function parseConversationId(text: string): ConversationId | undefined {
  return isOpaqueId(text) ? (text as ConversationId) : undefined;
}

/** Any printable ASCII without blanks, up to 300 characters, else undefined. */
export function parseActivityId(text: string): ActivityId | undefined {
  return isOpaqueId(text) ? (text as ActivityId) : undefined;
}

/** Any printable ASCII without blanks, up to 300 characters, else undefined. */
export function parseCorrelationId(text: string): CorrelationId | undefined {
  return isOpaqueId(text) ? (text as CorrelationId) : undefined;
}

/** A fresh random request id. */
export function newRequestId(): RequestId {
  return randomUUID() as RequestId;
}

/** A fresh random id by which an operator finds in the log what somebody was told. */
export function newCorrelationId(): CorrelationId {
  return randomUUID() as CorrelationId;
}

/** A fresh random collection id. */
export function newCollectionId(): CollectionId {
  return randomUUID() as CollectionId;
}

/** A fresh ref of 80 random bits: nobody can guess it before Defender shows it. */
export function newCollectionRef(): CollectionRef {
  return randomBytes(10).toString('hex') as CollectionRef;
}

/** In a path of a URL `.` and `..` are steps, and no encoding takes that from them. */
function isOpaqueId(text: string): boolean {
  return text.length <= 300 && printable.test(text) && !/^\.\.?$/.test(text);
}
