/**
 * What a click on a card does. The card's data comes back from a client, so it only names a request: who clicks,
 * where, and in which state the request is decide, here and again under the lock of the transition.
 */
import { type CardAction, type CardVerb, parseCardAction } from '../../cards/action.ts';
import {
  problemAnswer,
  signInCancelledAnswer,
  unknownRequestAnswer,
  unreadableClickAnswer,
} from '../../cards/answers.ts';
import { notServedHereAnswer } from '../../cards/edge-answers.ts';
import { type FormAction, parseFormAction } from '../../cards/form-action.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { type PrivateAction, parsePrivateAction } from '../../cards/private-action.ts';
import { decide } from '../../src/app/decide.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Budget } from '../deadline.ts';
import { admit } from './admission.ts';
import { adopt } from './adopt.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { currentCard, needsSignIn, text } from './click-answers.ts';
import { clickPlace } from './click-place.ts';
import { inTime, tooLate } from './in-time.ts';
import { onApprovalClick } from './on-approval-click.ts';
import { onCollectionClick } from './on-collection-click.ts';
import { onFormClick } from './on-form-click.ts';
import { onPrivateClick } from './on-private-click.ts';
import { onProposalClick } from './on-proposal-click.ts';
import { noteRefusal } from './refusals.ts';
import { isServed } from './served-places.ts';
import { takeCode, takeToken } from './sign-in.ts';

/**
 * Handles a click; safe to repeat, since Teams sends an invoke again that was not answered in time.
 * @param budget how long the client waits: an answer comes within it, also while somebody else's service hangs
 */
export async function onCardAction(ports: ClickPorts, click: IncomingClick, budget: Budget): Promise<ClickAnswer> {
  const admission = await admit(ports, click, urgentVerbs.some((verb) => verb === click.verb) ? 'urgent' : 'click');
  if (admission.kind === 'refused') return text(admission.answer);
  const { verb, data } = click;
  const action = parsePrivateAction(verb, data) ?? parseFormAction(verb, data) ?? parseCardAction(verb, data);
  if (action === undefined) return text(unreadableClickAnswer(catalogueOf(click.language)));
  const answer = await handle(ports, click, action, budget);
  if (answer.kind === 'text' && answer.refusal) await noteRefusal(ports, click, action.verb, answer.refusal);
  return answer;
}

async function handle(
  ports: ClickPorts,
  click: IncomingClick,
  action: PrivateAction | FormAction | CardAction,
  budget: Budget,
): Promise<ClickAnswer> {
  const say = catalogueOf(click.language);
  if (!isServed(click, ports.allowedConversations)) {
    return { kind: 'text', text: notServedHereAnswer(say), refusal: { why: 'notServedHere' } };
  }
  if (isOfForm(action)) return await onFormClick(ports, click, action);
  if (!('request' in action)) {
    return (await takeSignIn(ports, click, budget)) ?? (await onPrivateClick(ports, click, action, budget));
  }
  const request = await ports.store.find(action.request);
  // A card of another conversation is none of this one's business, and must not show here.
  const place = request === undefined ? undefined : clickPlace(request, click);
  if (request === undefined || place === undefined) return text(unknownRequestAnswer(say));
  if (place === 'approvals' && !isForApprovers(action)) return text(unknownRequestAnswer(say));
  if (place === 'home') await adopt(ports, request, click, action.revision);
  const refused = await takeSignIn(ports, click, budget);
  const work = () => actOnRequest(ports, click, action, request, budget);
  return refused ?? (await ports.telemetry.tracing.inRequest(request.id, `click ${action.verb}`, work));
}

function isOfForm(action: PrivateAction | FormAction | CardAction): action is FormAction {
  return action.verb === 'openForm' || action.verb === 'leaveForm' || action.verb === 'askByForm';
}

/** What stops something must get through when everybody presses at once. */
const urgentVerbs: readonly (CardVerb | PrivateAction['verb'])[] = [
  'cancel',
  'askDeny',
  'deny',
  'askCancelCollection',
  'cancelCollection',
  'cancelAction',
  'cancelOthersAction',
];

/**
 * What a button does, once it is known that the clicker is in a place where the request may be shown to them. Person,
 * state and revision are judged behind this; so the tab, which is no conversation, comes in here, too.
 */
export async function actOnRequest(
  ports: ClickPorts,
  click: IncomingClick,
  action: CardAction,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer> {
  switch (action.verb) {
    case 'signIn':
      return await signIn(ports, click, request, budget);
    case 'showCard':
      return currentCard(ports, click, request);
    case 'approve':
    case 'askDeny':
    case 'deny':
      return await onApprovalClick(ports, click, action, request, budget);
    case 'collect':
    case 'cancel':
    case 'edit':
    case 'saveReason':
    case 'askDevice':
    case 'chooseDevice':
      return await onProposalClick(ports, click, action, request, budget);
    case 'refresh':
    case 'keepFollowing':
    case 'askCancelCollection':
    case 'cancelCollection':
    case 'downloadLink':
    case 'askDownload':
    case 'downloadPicked':
    case 'earlierLink':
    case 'tryAgain':
    case 'retryFailed':
      return await onCollectionClick(ports, click, action, request, budget);
  }
}

/** Signing in is for whoever clicks: the requester's own request goes on, another's card stays as it is. */
async function signIn(ports: ClickPorts, click: IncomingClick, request: Request, budget: Budget): Promise<ClickAnswer> {
  const unsigned = await needsSignIn(ports, click, request, budget);
  if (unsigned !== undefined) return unsigned;
  const changed = await decide(ports.store, request.id, { type: 'signedIn', by: click.person });
  return currentCard(ports, click, changed?.request ?? request);
}

/** @returns the answer when what the client brought back was not taken */
async function takeSignIn(
  ports: ClickPorts,
  { signIn: brought, person, language }: IncomingClick,
  budget: Budget,
): Promise<ClickAnswer | undefined> {
  if (brought === undefined) return undefined;
  const say = catalogueOf(language);
  if (brought.by === 'code' && brought.code === 'CancelledByUser') return text(signInCancelledAnswer(say));
  const work = brought.by === 'token' ? takeToken(ports, person, brought.token) : takeCode(ports, person, brought.code);
  const result = await inTime(ports.log, budget, 'the Token Service', work);
  if (result === tooLate) return text(problemAnswer(say, { kind: 'signInUnavailable' }));
  switch (result.kind) {
    case 'signedIn':
    case 'repeated':
      return undefined;
    case 'failed':
      return brought.by === 'token' ? { kind: 'silentSignInFailed' } : { kind: 'wrongCode' };
    case 'problem':
      return text(problemAnswer(say, result.problem));
  }
}

/** In the conversation for approvals people decide, and nothing else. */
function isForApprovers({ verb }: CardAction): boolean {
  return verb === 'approve' || verb === 'askDeny' || verb === 'deny' || verb === 'showCard';
}
