/** The card where approval of a request from 1:1 is asked. Its readers decide, and see what came of it; nothing else. */
import type { AwaitingApproval, Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, type CardElement, group, text } from './adaptive-card.ts';
import { deniedWords, expiredWords, rightsWords } from './approval-words.ts';
import { briefCard } from './brief-card.ts';
import { awaitingButtons } from './buttons.ts';
import type { CardContext } from './context.ts';
import { heldRows } from './device-rows.ts';
import { fitting, type RowExtent, rowExtents } from './fitting.ts';
import type { Catalogue } from './language/catalogue.ts';
import { cardAround } from './request-card.ts';
import { statusOfRequest, statusWords } from './status.ts';
import { moment, type Words } from './words.ts';

/** Builds it, in every state of the request. What the requester may press is on their own card. */
export function approvalCard(request: Request, context: CardContext): AdaptiveCard {
  const kind = context.say.approval.kind[request.place.kind];
  const buttons = approvalCardButtons(request, context);
  if (request.state === 'awaitingApproval') {
    return fitting(
      rowExtents,
      (extent) => cardAround(context, request, kind, question(request, context, extent), buttons),
      () => briefCard(request, context, buttons),
    );
  }
  const status = statusOfRequest(context.say, request);
  const lines = [statusWords(status), ...outcome(context.say, request)].map((line) => text(line, { spacing: 'small' }));
  const outcomeCard = cardAround(
    context,
    request,
    kind,
    [group(lines, { style: status.tint, spacing: 'medium' })],
    buttons,
  );
  // How it goes on is followed on the requester's own card; here nothing changes any more that a client would ask for.
  const { refresh: _, ...card } = outcomeCard;
  return card;
}

/** What can be pressed on it. */
export function approvalCardButtons(request: Request, { say }: CardContext): readonly Button[] {
  return request.state === 'awaitingApproval' ? awaitingButtons(say, request, 'approver') : [];
}

function question(request: AwaitingApproval, context: CardContext, extent: RowExtent): readonly CardElement[] {
  const { say } = context;
  const until = moment(request.expiresAt);
  const line = say.approval.somebodyElse(request.requester.name, rightsWords(request, context), until);
  return heldRows(say, request.devices, statusOfRequest(say, request), [line], extent);
}

function outcome(say: Catalogue, request: Exclude<Request, AwaitingApproval>): readonly Words[] {
  switch (request.state) {
    case 'proposed':
      return [];
    case 'denied':
      return deniedWords(say, request).slice(0, 1);
    case 'expired':
      return [expiredWords(say, request)];
    case 'cancelled':
      return [say.requestCard.takenBack(request.requester.name)];
    case 'confirmed':
    case 'done':
      return request.approval === undefined
        ? []
        : [say.approval.approvedIt(request.approval.by.name, request.requester.name)];
  }
}
