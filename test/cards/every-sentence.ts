/** Every message and answer, by name: a new member of a union that is missing here does not compile. */
import { staleAnswer, tooMuchAnswer } from '../../cards/admission-answers.ts';
import {
  cancelAskedAnswer,
  cancelFaultAnswer,
  collectFaultAnswer,
  editedMessageAnswer,
  emptyAnswer,
  nothingToShowAnswer,
  otherTenantAnswer,
  problemAnswer,
  reasonFaultAnswer,
  signedOutAnswer,
  signInCancelledAnswer,
  signInFailedAnswer,
  stillAtItAnswer,
  twoCommandsAnswer,
  unchangedAnswer,
  unforeseenAnswer,
  unknownCommandAnswer,
  unknownRequestAnswer,
  unreadableClickAnswer,
} from '../../cards/answers.ts';
import {
  approvalPlaceUnseenAnswer,
  askElsewhereAnswer,
  decisionPendingAnswer,
  deviceHiddenAnswer,
  roleMissingAnswer,
} from '../../cards/approval-answers.ts';
import type { CardContext } from '../../cards/context.ts';
import {
  linkTooLateAnswer,
  notInChatAnswer,
  notServedHereAnswer,
  stillWaitingAnswer,
} from '../../cards/edge-answers.ts';
import type { Catalogue } from '../../cards/language/catalogue.ts';
import {
  aboutFaultAnswer,
  listTooLateAnswer,
  otherSignInAnswer,
  unknownActionAnswer,
  unknownDeviceAnswer,
  unknownNameAnswer,
} from '../../cards/list-answers.ts';
import { briefNotice, movedMessage, noCardMessage, noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { signInTextFor } from '../../cards/sign-in-words.ts';
import { lastKnownNote, moreProofAnswer, notInTabAnswer, notShownAnswer } from '../../cards/tab-answers.ts';
import type { CollectFault } from '../../src/domain/command.ts';
import { isForApprovers, type Notice, noticesDue } from '../../src/domain/notice.ts';
import type { Unchanged } from '../../src/domain/transition.ts';
import { anAction } from '../build/action.ts';
import { aDevice, byId } from '../build/device.ts';
import { conversationId, correlationId } from '../build/ids.ts';
import { dana, omar } from '../build/person.ts';
import { everyProblem } from '../build/problem.ts';
import { aConfirmed, aDone, anAwaiting, aPlace, aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyRequest } from './every-card.ts';

const faults = {
  deviceMissing: { why: 'deviceMissing' },
  reasonMissing: { why: 'reasonMissing', devices: [byId()] },
  notADevice: { why: 'notADevice', typed: '<at>everyone</at>' },
  reasonTooLong: { why: 'reasonTooLong', length: 2000 },
  tooManyDevices: { why: 'tooManyDevices', count: 51 },
} satisfies { readonly [Why in CollectFault['why']]: Extract<CollectFault, { readonly why: Why }> };

const reasonsWhy = {
  notForYou: 'notForYou',
  olderRevision: 'olderRevision',
  notNow: 'notNow',
  staleAttempt: 'staleAttempt',
  nothingNew: 'nothingNew',
  needsAnother: 'needsAnother',
  nothingTicked: 'nothingTicked',
  nobodyToApprove: 'nobodyToApprove',
} satisfies { readonly [Why in Unchanged]: Why };

/** Every one-line answer, by name. */
export function everyAnswerIn(say: Catalogue): ReadonlyMap<string, string> {
  return new Map<string, string>([
    ...Object.values(faults).map((fault): [string, string] => [`collect-${fault.why}`, collectFaultAnswer(say, fault)]),
    ['reason-missing', reasonFaultAnswer(say, { ok: false, why: 'missing' })],
    ['reason-tooLong', reasonFaultAnswer(say, { ok: false, why: 'tooLong', length: 1001 })],
    ['cancel-fault', cancelFaultAnswer(say)],
    ['cancel-asked', cancelAskedAnswer(say, anAction({ status: 'InProgress' }))],
    ['cancel-ended', cancelAskedAnswer(say, anAction({ status: 'Cancelled' }))],
    ['about-fault', aboutFaultAnswer(say, '<at>everyone</at>')],
    ['unknown-device', unknownDeviceAnswer(say, { about: 'lap-0042' })],
    ['unknown-action', unknownActionAnswer(say)],
    ['unknown-name', unknownNameAnswer(say)],
    ['list-too-late', listTooLateAnswer(say)],
    ['other-sign-in', otherSignInAnswer(say)],
    ['two-commands', twoCommandsAnswer(say)],
    ['unknown-command', unknownCommandAnswer(say, 'colect', 'collect')],
    ['empty', emptyAnswer(say)],
    ['edited-message', editedMessageAnswer(say)],
    ...Object.values(reasonsWhy).map((why): [string, string] => [
      `unchanged-${why}`,
      unchangedAnswer(say, why, aProposal()),
    ]),
    ['unknown-request', unknownRequestAnswer(say)],
    ['unreadable-click', unreadableClickAnswer(say)],
    ...Object.values(everyProblem).map((each): [string, string] => [`problem-${each.kind}`, problemAnswer(say, each)]),
    ['other-tenant', otherTenantAnswer(say)],
    ['sign-in-cancelled', signInCancelledAnswer(say)],
    ['sign-in-failed', signInFailedAnswer(say)],
    ['signed-out', signedOutAnswer(say, 0, 0)],
    ['signed-out-while-something-runs', signedOutAnswer(say, 1, 1)],
    ['signed-out-while-much-runs', signedOutAnswer(say, 3, 2)],
    ['nothing-to-show', nothingToShowAnswer(say)],
    ['unforeseen', unforeseenAnswer(say, correlationId())],
    ['still-at-it', stillAtItAnswer(say, correlationId())],
    ['not-served-here', notServedHereAnswer(say)],
    ['not-in-chat', notInChatAnswer(say)],
    ['tab-not-here', notInTabAnswer(say)],
    ['tab-not-shown', notShownAnswer(say)],
    ['tab-more-proof', moreProofAnswer(say)],
    ['tab-last-known', lastKnownNote(say, { why: 'problem', problem: everyProblem.defenderUnavailable })],
    ['tab-last-known-unsigned', lastKnownNote(say, { why: 'signIn' })],
    ['too-much-person', tooMuchAnswer(say, { whose: 'person', retryAfterMs: 12_300 })],
    ['too-much-conversation', tooMuchAnswer(say, { whose: 'conversation', retryAfterMs: 1 })],
    ['stale', staleAnswer(say)],
    ['still-waiting', stillWaitingAnswer(say)],
    ['link-too-late', linkTooLateAnswer(say)],
    ['role-missing', roleMissingAnswer(say, 'Collection.Approve')],
    ['device-hidden', deviceHiddenAnswer(say, aDevice())],
    ['ask-elsewhere', askElsewhereAnswer(say)],
    ['approval-place-unseen', approvalPlaceUnseenAnswer(say)],
    ['decision-pending', decisionPendingAnswer(say)],
  ]);
}

/** The same in English. */
export const everyAnswer = everyAnswerIn(cardContext.say);

/** Every notice that the requests of `everyRequest` owe, by the name of their card. */
export const everyNotice: ReadonlyMap<string, Notice> = new Map(
  [...everyRequest].flatMap(([name, request]) =>
    noticesDue(request).map((notice): [string, Notice] => [`${name}-${notice.key.replace(/:.*/, '')}`, notice]),
  ),
);

const inChat = aPlace({ kind: 'groupChat', conversation: conversationId('19:chat@thread.v2') });
const inPerson = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });
const bySlash = aPlace({ conversation: conversationId('19:soc@thread.tacv2'), askedPrivately: true });

/** Every other text that is no card, by name. */
export function everyMessageIn(context: CardContext): ReadonlyMap<string, string> {
  const { say } = context;
  return new Map<string, string>([
    ...[...everyNotice].flatMap(([name, notice]): [string, string][] =>
      isForApprovers(notice) ? [] : [[name, noticeMessage(say, notice).text]],
    ),
    ...[...everyNotice].map(([name, notice]): [string, string] => [
      `${name}-alone`,
      removedBotMessage(notice, context).text,
    ]),
    ...[...everyNotice].map(([name, notice]): [string, string] => [`${name}-brief`, briefNotice(say, notice).text]),
    ...[aProposal({ place: inChat }), anAwaiting(), aConfirmed(), aDone()].map((request): [string, string] => [
      `moved-${request.state}`,
      movedMessage(request, context).text,
    ]),
    ...[aPlace(), inChat].map((place): [string, string] => [
      `no-card-${place.kind}`,
      noCardMessage(aProposal({ place }), context).text,
    ]),
    ...[aPlace(), inChat, inPerson].map((place): [string, string] => [
      `sign-in-text-for-${place.kind}`,
      signInTextFor(say, aProposal({ place }), dana),
    ]),
    ['sign-in-text-for-another', signInTextFor(say, aProposal(), omar)],
    ['sign-in-title', say.buttons.signIn],
    ['sign-in-text', say.signIn.text],
    ['closing-alone-in-chat', removedBotMessage({ key: 'closing', request: aDone({ place: inChat }) }, context).text],
    ['closing-alone-by-slash', removedBotMessage({ key: 'closing', request: aDone({ place: bySlash }) }, context).text],
  ]);
}

/** The same in English. */
export const everyMessage = everyMessageIn(cardContext);
