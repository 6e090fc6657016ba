/** The card where approval of a request from 1:1 is asked. Its readers decide, and see what came of it; nothing else. */
import type { Place } from '../src/domain/place.ts';
import type { AwaitingApproval, Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, type CardElement, group, text } from './adaptive-card.ts';
import { deniedWords, expiredWords, rightsWords } from './approval-words.ts';
import { briefCard } from './brief-card.ts';
import { awaitingButtons } from './buttons.ts';
import type { CardContext } from './context.ts';
import { heldRows } from './device-rows.ts';
import { fitting, type RowExtent, rowExtents } from './fitting.ts';
import { cardAround } from './request-card.ts';
import { statusOfRequest, statusWords } from './status.ts';
import { moment, strong, type Words, words } from './words.ts';

/** Builds it, in every state of the request. What the requester may press is on their own card. */
export function approvalCard(request: Request, context: CardContext): AdaptiveCard {
  const kind = words`Investigation package, asked for ${whence(request.place)}`;
  const buttons = approvalCardButtons(request);
  if (request.state === 'awaitingApproval') {
    return fitting(
      rowExtents,
      (extent) => cardAround(request, kind, question(request, context, extent), buttons),
      () => briefCard(request, context, buttons),
    );
  }
  const status = statusOfRequest(request);
  const lines = [statusWords(status), ...outcome(request)].map((line) => text(line, { spacing: 'small' }));
  const outcomeCard = cardAround(request, kind, [group(lines, { style: status.tint, spacing: 'medium' })], buttons);
  // How it goes on is followed on the requester's own card; here nothing changes any more that a client would ask for.
  const { refresh: _, ...card } = outcomeCard;
  return card;
}

/** What can be pressed on it. */
export function approvalCardButtons(request: Request): readonly Button[] {
  return request.state === 'awaitingApproval' ? awaitingButtons(request, 'approver') : [];
}

function question(request: AwaitingApproval, context: CardContext, extent: RowExtent): readonly CardElement[] {
  const until = moment(request.expiresAt);
  const line = words`Somebody other than ${request.requester.name}${rightsWords(request, context)} can press ${strong('Approve')} or ${strong('Deny')} until ${until}. Nothing has been sent yet.`;
  return heldRows(request.devices, statusOfRequest(request), [line], extent);
}

function outcome(request: Exclude<Request, AwaitingApproval>): readonly Words[] {
  switch (request.state) {
    case 'proposed':
      return [];
    case 'denied':
      return deniedWords(request).slice(0, 1);
    case 'expired':
      return [expiredWords(request)];
    case 'cancelled':
      return [words`${request.requester.name} took it back. Nothing was sent to Defender.`];
    case 'confirmed':
    case 'done':
      return request.approval === undefined
        ? []
        : [
            words`${request.approval.by.name} approved it. ${request.requester.name} follows it in the 1:1 chat with me.`,
          ];
  }
}

function whence({ kind }: Place): Words {
  switch (kind) {
    case 'personal':
      return words`in a 1:1 chat with me`;
    case 'groupChat':
      return words`in a group chat`;
    case 'channel':
      return words`in a channel`;
  }
}
