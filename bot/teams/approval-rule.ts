import type { ConversationStore } from '../../src/adapters/store/conversation-store.ts';
import type { ApprovalRule, ApprovalSettings } from '../../src/domain/approval.ts';
import type { Place } from '../../src/domain/place.ts';
import type { Log } from '../../src/ports.ts';

const unseen = 'the bot has never been spoken to in APPROVAL_CONVERSATION: add it there and mention it once';

/** What finding the rule needs. */
export interface RulePorts {
  readonly approval: ApprovalSettings;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly log: Log;
}

/** The rule for a confirmation, and whether a conversation for approvals is set that the bot cannot write to yet. */
export interface FoundRule {
  readonly rule: ApprovalRule;
  readonly isPlaceUnseen: boolean;
}

/** The rule for a request of this place: in 1:1 there is nobody else, so approval is asked in another conversation. */
export async function approvalRule(ports: RulePorts, place: Place): Promise<FoundRule> {
  const { policy, ttlMs, conversation } = ports.approval;
  const base = { policy, ttlMs };
  if (place.kind !== 'personal') return { rule: { ...base, askedIn: place }, isPlaceUnseen: false };
  if (conversation === undefined) return { rule: { ...base, askedIn: undefined }, isPlaceUnseen: false };
  const known = await ports.conversations.find(conversation);
  if (known === undefined) {
    ports.log.error({ conversation }, unseen);
    return { rule: { ...base, askedIn: undefined }, isPlaceUnseen: true };
  }
  const askedIn = { conversation, kind: known.kind, askedPrivately: false };
  return { rule: { ...base, askedIn }, isPlaceUnseen: false };
}

/** Says at the start what would be found at the first confirmation in 1:1. */
export async function warnOfUnseenPlace({ approval, conversations, log }: RulePorts): Promise<void> {
  const { conversation } = approval;
  if (conversation === undefined || (await conversations.find(conversation)) !== undefined) return;
  log.warn({ conversation }, unseen);
}
