/** zod schemas of the small values that documents and job payloads share. Brands are made by the domain's own parsers. */
import { z } from 'zod';
import { parseApprovalSeal } from '../../domain/approval.ts';
import {
  parseAadObjectId,
  parseActivityId,
  parseChatUserId,
  parseCollectionId,
  parseCollectionRef,
  parseConversationId,
  parseCorrelationId,
  parseDeviceId,
  parseMachineActionId,
  parseRequestId,
  parseTenantId,
} from '../../domain/ids.ts';
import { instantOf } from '../../domain/instant.ts';
import { parseReason } from '../../domain/reason.ts';

/** A stored text that one of the domain's parsers must accept. */
function parsed<Value>(what: string, parse: (text: string) => Value | undefined) {
  return z.string().transform((text, context): Value => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `not a ${what}` });
    return z.NEVER;
  });
}

export const requestId = parsed('request id', parseRequestId);
export const collectionId = parsed('collection id', parseCollectionId);
export const collectionRef = parsed('collection ref', parseCollectionRef);
export const deviceId = parsed('device id', parseDeviceId);
export const machineActionId = parsed('machine action id', parseMachineActionId);
export const aadObjectId = parsed('object id', parseAadObjectId);
export const tenantId = parsed('tenant id', parseTenantId);
export const chatUserId = parsed('chat user id', parseChatUserId);
export const conversationId = parsed('conversation id', parseConversationId);
export const activityId = parsed('activity id', parseActivityId);
export const correlationId = parsed('correlation id', parseCorrelationId);
export const approvalSeal = parsed('approval seal', parseApprovalSeal);

/** A reason, cleaned as a typed one. */
export const reason = z.string().transform((text, context) => {
  const check = parseReason(text);
  if (check.ok) return check.reason;
  context.addIssue({ code: 'custom', message: `not a reason: ${check.why}` });
  return z.NEVER;
});

/** Milliseconds since 1970 UTC. */
export const instant = z.int().transform((ms, context) => {
  const moment = instantOf(new Date(ms));
  if (moment !== undefined) return moment;
  context.addIssue({ code: 'custom', message: 'not a moment' });
  return z.NEVER;
});

export const person = z.strictObject({ oid: aadObjectId, tenant: tenantId, chatUserId, name: z.string() });

export const conversationKind = z.enum(['personal', 'groupChat', 'channel']);

export const place = z.strictObject({
  conversation: conversationId,
  kind: conversationKind,
  askedPrivately: z.boolean(),
});

/**
 * A schema for every field of a domain type. `z.strictObject({ … } satisfies Shape<Running>)` does not compile when
 * the type gains a field that the schema would drop or refuse.
 */
export type Shape<Value> = { readonly [Field in keyof Value]-?: z.ZodType<Value[Field]> };
