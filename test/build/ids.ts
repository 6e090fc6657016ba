/** Ids for tests: made by the real parsers, the same for the same number. */
import {
  type AadObjectId,
  type ChatUserId,
  type CollectionId,
  type CollectionRef,
  type ConversationId,
  type CorrelationId,
  type DeviceId,
  type MachineActionId,
  parseAadObjectId,
  parseChatUserId,
  parseCollectionId,
  parseCollectionRef,
  parseConversationId,
  parseCorrelationId,
  parseDeviceId,
  parseMachineActionId,
  parseRequestId,
  parseTenantId,
  type RequestId,
  type TenantId,
} from '../../src/domain/ids.ts';

/** The value, or an error that says the test itself is wrong. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The test asked for a value that its parser does not accept.');
  return value;
}

function guid(group: string, n: number): string {
  return `${group}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The n-th request id. */
export function requestId(n = 1): RequestId {
  return known(parseRequestId(guid('aaaaaaaa', n)));
}

/** The n-th collection id. */
export function collectionId(n = 1): CollectionId {
  return known(parseCollectionId(guid('cccccccc', n)));
}

/** The n-th machine action id. */
export function machineActionId(n = 1): MachineActionId {
  return known(parseMachineActionId(guid('dddddddd', n)));
}

/** The n-th object id of a person. */
export function oid(n = 1): AadObjectId {
  return known(parseAadObjectId(guid('0b1ec700', n)));
}

/** The n-th tenant id. */
export function tenantId(n = 1): TenantId {
  return known(parseTenantId(guid('7e4a4700', n)));
}

/** The n-th ref. */
export function collectionRef(n = 1): CollectionRef {
  return known(parseCollectionRef(n.toString(16).padStart(20, '0')));
}

/** The n-th device id: 40 hex digits. */
export function deviceId(n = 1): DeviceId {
  return known(parseDeviceId(n.toString(16).padStart(40, '1e5a')));
}

/** A person's id in the chat. */
export function chatUserId(text: string): ChatUserId {
  return known(parseChatUserId(text));
}

/** A conversation id. */
export function conversationId(text: string): ConversationId {
  return known(parseConversationId(text));
}

/** A correlation id. */
export function correlationId(text = '6f1f1f9c-66f4-4e0b-9b0f-2d5c7a3e9a10'): CorrelationId {
  return known(parseCorrelationId(text));
}
