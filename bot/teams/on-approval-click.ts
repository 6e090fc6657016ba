/** Clicks of those who may approve. Who that is, is decided on the click, whatever the card offered. */
import type { CardAction } from '../../cards/action.ts';
import { reasonFaultAnswer } from '../../cards/answers.ts';
import { decisionPendingAnswer, deviceHiddenAnswer, roleMissingAnswer } from '../../cards/approval-answers.ts';
import { denyForm } from '../../cards/forms.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { type DecisionResult, decideApproval, type Verdict } from '../../src/app/approve.ts';
import { obstacleToDecide } from '../../src/domain/approval-transition.ts';
import { parseReason } from '../../src/domain/reason.ts';
import type { AwaitingApproval, Request } from '../../src/domain/request.ts';
import type { Unchanged } from '../../src/domain/transition.ts';
import type { Budget } from '../deadline.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { askToSignIn, card, needsSignIn, outcomeAnswer, text, unchanged } from './click-answers.ts';
import { inTime, tooLate } from './in-time.ts';
import { problemText } from './refusals.ts';

/** What may be clicked while a request awaits approval, besides **Cancel**. */
export type ApprovalAction = Extract<CardAction, { readonly verb: 'approve' | 'askDeny' | 'deny' }>;

/** Handles such a click. */
export async function onApprovalClick(
  ports: ClickPorts,
  click: IncomingClick,
  action: ApprovalAction,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer> {
  const early = await obstacle(ports, click, action, request);
  if (early !== undefined || request.state !== 'awaitingApproval') {
    return unchanged(ports, click, early ?? 'notNow', request);
  }
  switch (action.verb) {
    case 'approve':
      return await decided(ports, click, action, request, { kind: 'approve' }, budget);
    case 'askDeny':
      return (await needsSignIn(ports, click, request, budget)) ?? card(denyForm(catalogueOf(click.language), request));
    case 'deny': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(catalogueOf(click.language), check));
      return await decided(ports, click, action, request, { kind: 'deny', reason: check.reason }, budget);
    }
  }
}

/** Said before anybody is asked to sign in; the transition decides the same again under its lock. */
async function obstacle(
  { store }: ClickPorts,
  { person }: IncomingClick,
  { revision }: ApprovalAction,
  request: Request,
): Promise<Unchanged | undefined> {
  return obstacleToDecide(request, { by: person, revision }, await store.now());
}

async function decided(
  ports: ClickPorts,
  click: IncomingClick,
  { revision }: ApprovalAction,
  request: AwaitingApproval,
  verdict: Verdict,
  budget: Budget,
): Promise<ClickAnswer> {
  const approverRole = ports.approval.role;
  const work = decideApproval({ ...ports, approverRole }, request, { by: click.person, revision }, verdict);
  const result = await inTime(ports.log, budget, 'Defender', work);
  return result === tooLate
    ? text(decisionPendingAnswer(catalogueOf(click.language)))
    : await answerTo(ports, click, request, result);
}

async function answerTo(
  ports: ClickPorts,
  click: IncomingClick,
  request: AwaitingApproval,
  result: DecisionResult,
): Promise<ClickAnswer> {
  const say = catalogueOf(click.language);
  switch (result.kind) {
    case 'decided':
      return outcomeAnswer(ports, click, result.changed);
    case 'signIn':
      return await askToSignIn(ports, click, request, result.problem);
    case 'problem':
      return problemText(say, result.problem, request.id);
    case 'roleMissing':
      return refused(request, result.kind, roleMissingAnswer(say, result.role));
    case 'deviceHidden':
      return refused(request, result.kind, deviceHiddenAnswer(say, result.device));
  }
}

/** A no that the audit keeps. */
function refused({ id }: Request, why: 'roleMissing' | 'deviceHidden', says: string): ClickAnswer {
  return { kind: 'text', text: says, refusal: { why, request: id } };
}
