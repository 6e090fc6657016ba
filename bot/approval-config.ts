/** Environment → what the administrators chose about approval. */
import type { ApprovalSettings, ApproverMention } from '../src/domain/approval.ts';
import { type ConversationId, parseConversationId } from '../src/domain/ids.ts';
import { minute } from '../src/domain/instant.ts';
import type { ApprovalPolicy } from '../src/domain/policy.ts';
import type { ConfigReader } from './config-reader.ts';

const policies = ['self', 'two-person', 'two-person-high-value'] as const;
/** Without a second person they mean nothing: set and not kept, they would let somebody believe in a rule. */
const onlyWithApproval = ['APPROVER_ROLE', 'APPROVERS', 'APPROVAL_CONVERSATION', 'APPROVAL_TTL_MINUTES'] as const;
/** More would fill the message; a tag calls many at once. */
const mostMentions = 20;

/** Reads the variables about approval. */
export function approvalFrom(read: ConfigReader): ApprovalSettings {
  const chosen = read.oneOf('APPROVAL', policies) ?? 'self';
  const tags = read.list('HIGH_VALUE_TAGS');
  if (chosen === 'self') {
    for (const variable of onlyWithApproval) {
      if (read.text(variable) !== undefined) read.fault(variable, idle('self'), 'APPROVAL=two-person');
    }
  }
  if (chosen !== 'two-person-high-value' && tags.length > 0) {
    read.fault('HIGH_VALUE_TAGS', idle(chosen), 'APPROVAL=two-person-high-value');
  }
  const role = roleFrom(read);
  const conversation = conversationFrom(read);
  return {
    policy: policyOf(chosen, tags),
    ttlMs: read.number('APPROVAL_TTL_MINUTES', 480, 2, 10_080) * minute,
    mentions: mentionsFrom(read),
    ...(role === undefined ? {} : { role }),
    ...(conversation === undefined ? {} : { conversation }),
  };
}

function idle(chosen: string): string {
  return `is set, but APPROVAL is ${chosen}, so it would do nothing`;
}

function policyOf(chosen: (typeof policies)[number], tags: readonly string[]): ApprovalPolicy {
  switch (chosen) {
    case 'self':
      return { kind: 'self' };
    case 'two-person':
      return { kind: 'twoPerson' };
    case 'two-person-high-value':
      return { kind: 'twoPersonHighValue', tags };
  }
}

/** The value of an app role: no blanks, at most 120 characters (page 'Add app roles to your application'). */
function roleFrom(read: ConfigReader): string | undefined {
  const role = read.text('APPROVER_ROLE');
  if (role === undefined || /^[^\s,]{1,120}$/.test(role)) return role;
  read.fault('APPROVER_ROLE', 'must be the value of one app role: no blanks, no comma', 'Collection.Approve');
  return undefined;
}

/** A channel or a group chat: in 1:1 there would again be nobody else. */
function conversationFrom(read: ConfigReader): ConversationId | undefined {
  const text = read.text('APPROVAL_CONVERSATION');
  if (text === undefined) return undefined;
  const conversation = /^19:[^;,\s]+$/.test(text) ? parseConversationId(text) : undefined;
  if (conversation === undefined) {
    const fault = 'must be the id of a channel or group chat, without a thread';
    read.fault('APPROVAL_CONVERSATION', fault, '19:abc@thread.tacv2');
  }
  return conversation;
}

function mentionsFrom(read: ConfigReader): readonly ApproverMention[] {
  const entries = read.list('APPROVERS');
  const mentions = entries.flatMap(mentionOf);
  const example = 'omar.haddad@contoso.example, tag:SOC leads=MjQzMmQ1N2Mt';
  if (mentions.length < entries.length) {
    read.fault('APPROVERS', 'names something that is neither a user name nor tag:NAME=ID', example);
  }
  if (entries.length > mostMentions) {
    read.fault('APPROVERS', `names more than ${mostMentions}; a tag of the team calls many at once`, example);
  }
  return mentions;
}

function mentionOf(entry: string): readonly ApproverMention[] {
  const tag = /^tag:(?<name>[^=]{1,100})=(?<id>[\w+/=#-]{1,200})$/.exec(entry)?.groups;
  const [name, id] = [tag?.name?.trim(), tag?.id];
  if (name !== undefined && name !== '' && id !== undefined) return [{ kind: 'tag', name, id }];
  return /^[^\s@:<>]{1,64}@[\w.-]{1,200}$/.test(entry) ? [{ kind: 'user', upn: entry }] : [];
}
