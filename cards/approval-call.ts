/**
 * The message that calls those who may approve. It is a card, because only in a card can somebody be mentioned by their
 * user name (page 'Format cards in Teams', 'Mention support within Adaptive Cards'): nobody's id in the chat is known
 * before they have spoken to the bot. That a tag can be mentioned there is assumed.
 */
import type { ApproverMention } from '../src/domain/approval.ts';
import type { Audience } from '../src/domain/audience.ts';
import type { ApproverNotice } from '../src/domain/notice.ts';
import { type AdaptiveCard, card, type TextBlock, text } from './adaptive-card.ts';
import { mentionName, rightsWords } from './approval-words.ts';
import { atTag } from './chat-message.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { ofDevices } from './device-words.ts';
import { moment } from './words.ts';

/** Builds it. The buttons are on the card above it. Others who read along learn neither device nor reason. */
export function approvalCall({ key, request }: ApproverNotice, context: CardContext, audience: Audience): AdaptiveCard {
  const { say, approval } = context;
  const { name } = request.requester;
  const devices = ofDevices(say, deviceNames(request));
  const what = audience === 'own' ? say.approval.wantsOf(name, devices, request.reason) : say.approval.wants(name);
  const until = moment(request.expiresAt);
  const isReminder = key.startsWith('approvalReminder:');
  const when = isReminder ? say.approval.stillWaits(until) : say.approval.waits(until);
  const how = say.approval.decideAbove(rightsWords(request, context));
  const { mentions } = approval;
  const called: TextBlock = { type: 'TextBlock', text: mentions.map(tagOf).join(' '), wrap: true };
  const lines = [what, when, how].map((line) => text(line));
  return {
    ...card(what, mentions.length === 0 ? lines : [called, ...lines], []),
    ...(mentions.length === 0 ? {} : { msteams: { entities: mentions.map(entityOf) } }),
  };
}

/** The text of a mention has to stand in the card letter by letter. */
function tagOf(mention: ApproverMention): string {
  return atTag(mentionName(mention));
}

function entityOf(mention: ApproverMention) {
  const name = mentionName(mention);
  const mentioned =
    mention.kind === 'user' ? { id: mention.upn, name } : { id: mention.id, name, type: 'tag' as const };
  return { type: 'mention', text: tagOf(mention), mentioned } as const;
}
