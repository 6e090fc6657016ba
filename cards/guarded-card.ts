/**
 * What a conversation sees of a request where people of other organisations read along: that there is one, whose, and
 * how it stands. Device, reason, and what Defender says come to each of the organisation's own people alone, as the answer to
 * their click; to the requester's client by itself.
 */
import type { Audience } from '../src/domain/audience.ts';
import type { RequesterNotice } from '../src/domain/notice.ts';
import type { Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, card, group, text } from './adaptive-card.ts';
import { approvalCard } from './approval-card.ts';
import { cancelButton, showCardButton } from './buttons.ts';
import type { ChatMessage } from './chat-message.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { briefNotice, noticeMessage } from './messages.ts';
import { requestCard } from './request-card.ts';
import { statusOfRequest, statusWords } from './status.ts';
import { strong, type Words, words } from './words.ts';

/** The card for everybody who reads along. */
export function sharedCard(request: Request, context: CardContext, audience: Audience): AdaptiveCard {
  return audience === 'own' ? requestCard(request, context) : guardedCard(request, audience, takingBack(request));
}

/** Nobody presses what changes a device before they have seen which: all but **Cancel** is behind **Show details**. */
function takingBack(request: Request): readonly Button[] {
  return request.state === 'proposed' || request.state === 'awaitingApproval' ? [cancelButton(request)] : [];
}

/** The card for everybody who reads along where approval is asked in another conversation. */
export function sharedApprovalCard(request: Request, context: CardContext, audience: Audience): AdaptiveCard {
  return audience === 'own' ? approvalCard(request, context) : guardedCard(request, audience, []);
}

/** The message for everybody who reads along. */
export function sharedNotice(notice: RequesterNotice, audience: Audience): ChatMessage {
  return audience === 'own' ? noticeMessage(notice) : briefNotice(notice);
}

function guardedCard(request: Request, audience: Exclude<Audience, 'own'>, buttons: readonly Button[]): AdaptiveCard {
  const status = statusOfRequest(request);
  const { requester } = request;
  const count = deviceNames(request).length;
  const what = count === 1 ? words`1 device` : words`${count} devices`;
  const show = showCardButton(request, 'Show details');
  const guarded = card(
    words`Investigation package of ${what}: ${status.word}. Asked by ${clipped(requester.name, 60)}.`,
    [
      text(words`Investigation package`, { size: 'small', isSubtle: true }),
      text(what, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(statusWords(status)),
      text(words`Asked by ${clipped(requester.name, 60)}`),
      group(
        [
          text(why(audience)),
          text(words`${strong('Show details')} shows them to you alone, if you belong to the bot’s organisation.`),
        ],
        {
          style: 'warning',
          spacing: 'medium',
        },
      ),
    ],
    [...buttons, show],
  );
  return { ...guarded, refresh: { action: show, userIds: [requester.chatUserId] } };
}

function why(audience: Exclude<Audience, 'own'>): Words {
  switch (audience) {
    case 'mixed':
      return words`People from outside the organisation read along here, so this card names no device and no reason.`;
    case 'unknown':
      return words`I could not see who reads along here, so this card names no device and no reason.`;
  }
}
