/** Clicks on a request that is not confirmed yet. */
import type { CardAction } from '../../cards/action.ts';
import { reasonFaultAnswer } from '../../cards/answers.ts';
import { approvalPlaceUnseenAnswer } from '../../cards/approval-answers.ts';
import { editReasonForm } from '../../cards/forms.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { decide } from '../../src/app/decide.ts';
import { newCollectionId, newCollectionRef } from '../../src/domain/ids.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import { parseReason } from '../../src/domain/reason.ts';
import type { Request } from '../../src/domain/request.ts';
import type { RequestEvent, Unchanged } from '../../src/domain/transition.ts';
import type { Budget } from '../deadline.ts';
import { approvalRule } from './approval-rule.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { apply, card, currentCard, needsSignIn, outcomeAnswer, text, unchanged } from './click-answers.ts';

/** What may be clicked before anything is sent. */
export type ProposalAction = Extract<
  CardAction,
  { readonly verb: 'collect' | 'cancel' | 'edit' | 'saveReason' | 'askDevice' | 'chooseDevice' }
>;

/** Handles such a click. */
export async function onProposalClick(
  ports: ClickPorts,
  click: IncomingClick,
  action: ProposalAction,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer> {
  const by = { by: click.person, revision: action.revision };
  switch (action.verb) {
    case 'collect': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, click, early, request);
      // Only that there is a sign-in: what Entra thinks of it shows when the collection is sent.
      const unsigned = await needsSignIn(ports, click, request, budget);
      if (unsigned !== undefined) return unsigned;
      const count = request.state === 'proposed' ? request.devices.length : 0;
      const names = Array.from({ length: count }, () => ({ id: newCollectionId(), ref: newCollectionRef() }));
      return await confirm(ports, click, request, { type: 'confirmed', click: by, names, ...ticksOf(action) });
    }
    case 'cancel':
      return await apply(ports, click, request, { type: 'cancelled', click: by });
    case 'edit': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, click, early, request);
      return request.state === 'proposed'
        ? card(editReasonForm(catalogueOf(click.language), request, action.unticked))
        : unchanged(ports, click, 'notNow', request);
    }
    case 'saveReason': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(catalogueOf(click.language), check));
      const edited = { type: 'reasonEdited', click: by, reason: check.reason, ...ticksOf(action) } as const;
      return await apply(ports, click, request, edited);
    }
    case 'askDevice': {
      const early = notTheirs(click, request, action.revision);
      return early === undefined ? currentCard(ports, click, request) : unchanged(ports, click, early, request);
    }
    case 'chooseDevice':
      return await apply(ports, click, request, { type: 'deviceChosen', click: by, device: action.device });
  }
}

/** A card without tick boxes says nothing of them. */
function ticksOf({ unticked }: { readonly unticked?: readonly number[] }) {
  return unticked === undefined ? {} : { unticked };
}

async function confirm(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  event: Omit<Extract<RequestEvent, { readonly type: 'confirmed' }>, 'rule'>,
): Promise<ClickAnswer> {
  const { rule, isPlaceUnseen } = await approvalRule(ports, request.place);
  const changed = await decide(ports.store, request.id, { ...event, rule });
  if (isPlaceUnseen && changed?.outcome.kind === 'unchanged' && changed.outcome.why === 'nobodyToApprove') {
    return text(approvalPlaceUnseenAnswer(catalogueOf(click.language)));
  }
  return outcomeAnswer(ports, click, changed);
}

/** Said before anybody is asked to sign in; the transition decides the same again under its lock. */
function notTheirs(click: IncomingClick, request: Request, revision: number): Unchanged | undefined {
  if (!isSamePerson(click.person, request.requester)) return 'notForYou';
  if (request.state !== 'proposed') return 'notNow';
  return revision === request.revision ? undefined : 'olderRevision';
}
