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
import { inButtonRows } from './button-rows.ts';
import { cancelButton, showCardButton } from './buttons.ts';
import type { ChatMessage } from './chat-message.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import type { Catalogue } from './language/catalogue.ts';
import { briefNotice, noticeMessage } from './messages.ts';
import { requestCard } from './request-card.ts';
import { statusOfRequest, statusWords } from './status.ts';

/** The card for everybody who reads along. */
export function sharedCard(request: Request, context: CardContext, audience: Audience): AdaptiveCard {
  return audience === 'own'
    ? requestCard(request, context)
    : guardedCard(context.say, request, audience, takingBack(context.say, request));
}

/** Nobody presses what changes a device before they have seen which: all but **Cancel** is behind **Show details**. */
function takingBack(say: Catalogue, request: Request): readonly Button[] {
  return request.state === 'proposed' || request.state === 'awaitingApproval' ? [cancelButton(say, request)] : [];
}

/** The card for everybody who reads along where approval is asked in another conversation. */
export function sharedApprovalCard(request: Request, context: CardContext, audience: Audience): AdaptiveCard {
  return audience === 'own' ? approvalCard(request, context) : guardedCard(context.say, request, audience, []);
}

/** The message for everybody who reads along. */
export function sharedNotice(say: Catalogue, notice: RequesterNotice, audience: Audience): ChatMessage {
  return audience === 'own' ? noticeMessage(say, notice) : briefNotice(say, notice);
}

function guardedCard(
  say: Catalogue,
  request: Request,
  audience: Exclude<Audience, 'own'>,
  buttons: readonly Button[],
): AdaptiveCard {
  const status = statusOfRequest(say, request);
  const requester = clipped(request.requester.name, 60);
  const count = deviceNames(request).length;
  const what = say.devices.several(count);
  const show = showCardButton(request, say.buttons.showDetails);
  const guarded = card(
    say.guarded.summary(say.devices.ofSeveral(count), status.word, requester),
    [
      text(say.requestCard.kind, { size: 'small', isSubtle: true }),
      text(what, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(statusWords(status)),
      text(say.requestCard.askedBy(requester)),
      group([text(say.guarded[audience]), text(say.guarded.toYouAlone)], { style: 'warning', spacing: 'medium' }),
    ],
    [...buttons, show],
  );
  return inButtonRows({ ...guarded, refresh: { action: show, userIds: [request.requester.chatUserId] } });
}
