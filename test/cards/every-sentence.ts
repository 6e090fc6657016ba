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
import {
  linkTooLateAnswer,
  notInChatAnswer,
  notServedHereAnswer,
  stillWaitingAnswer,
} from '../../cards/edge-answers.ts';
import {
  aboutFaultAnswer,
  listTooLateAnswer,
  otherSignInAnswer,
  unknownActionAnswer,
  unknownDeviceAnswer,
  unknownNameAnswer,
} from '../../cards/list-answers.ts';
import { briefNotice, movedMessage, noCardMessage, noticeMessage, removedBotMessage } from '../../cards/messages.ts';
import { signInText, signInTextFor, signInTitle } from '../../cards/sign-in-words.ts';
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
export const everyAnswer: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.values(faults).map((fault): [string, string] => [`collect-${fault.why}`, collectFaultAnswer(fault)]),
  ['reason-missing', reasonFaultAnswer({ ok: false, why: 'missing' })],
  ['reason-tooLong', reasonFaultAnswer({ ok: false, why: 'tooLong', length: 1001 })],
  ['cancel-fault', cancelFaultAnswer()],
  ['cancel-asked', cancelAskedAnswer(anAction({ status: 'InProgress' }))],
  ['cancel-ended', cancelAskedAnswer(anAction({ status: 'Cancelled' }))],
  ['about-fault', aboutFaultAnswer('<at>everyone</at>')],
  ['unknown-device', unknownDeviceAnswer({ about: 'lap-0042' })],
  ['unknown-action', unknownActionAnswer()],
  ['unknown-name', unknownNameAnswer()],
  ['list-too-late', listTooLateAnswer()],
  ['other-sign-in', otherSignInAnswer()],
  ['two-commands', twoCommandsAnswer()],
  ['unknown-command', unknownCommandAnswer('colect', 'collect')],
  ['empty', emptyAnswer()],
  ['edited-message', editedMessageAnswer()],
  ...Object.values(reasonsWhy).map((why): [string, string] => [`unchanged-${why}`, unchangedAnswer(why, aProposal())]),
  ['unknown-request', unknownRequestAnswer()],
  ['unreadable-click', unreadableClickAnswer()],
  ...Object.values(everyProblem).map((each): [string, string] => [`problem-${each.kind}`, problemAnswer(each)]),
  ['other-tenant', otherTenantAnswer()],
  ['sign-in-cancelled', signInCancelledAnswer()],
  ['sign-in-failed', signInFailedAnswer()],
  ['signed-out', signedOutAnswer(0, 0)],
  ['signed-out-while-something-runs', signedOutAnswer(1, 1)],
  ['signed-out-while-much-runs', signedOutAnswer(3, 2)],
  ['nothing-to-show', nothingToShowAnswer()],
  ['unforeseen', unforeseenAnswer(correlationId())],
  ['still-at-it', stillAtItAnswer(correlationId())],
  ['not-served-here', notServedHereAnswer()],
  ['not-in-chat', notInChatAnswer()],
  ['tab-not-here', notInTabAnswer()],
  ['tab-not-shown', notShownAnswer()],
  ['tab-more-proof', moreProofAnswer()],
  ['tab-last-known', lastKnownNote({ why: 'problem', problem: everyProblem.defenderUnavailable })],
  ['tab-last-known-unsigned', lastKnownNote({ why: 'signIn' })],
  ['too-much-person', tooMuchAnswer({ whose: 'person', retryAfterMs: 12_300 })],
  ['too-much-conversation', tooMuchAnswer({ whose: 'conversation', retryAfterMs: 1 })],
  ['stale', staleAnswer()],
  ['still-waiting', stillWaitingAnswer()],
  ['link-too-late', linkTooLateAnswer()],
  ['role-missing', roleMissingAnswer('Collection.Approve')],
  ['device-hidden', deviceHiddenAnswer(aDevice())],
  ['ask-elsewhere', askElsewhereAnswer()],
  ['approval-place-unseen', approvalPlaceUnseenAnswer()],
  ['decision-pending', decisionPendingAnswer()],
]);

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
export const everyMessage: ReadonlyMap<string, string> = new Map<string, string>([
  ...[...everyNotice].flatMap(([name, notice]): [string, string][] =>
    isForApprovers(notice) ? [] : [[name, noticeMessage(notice).text]],
  ),
  ...[...everyNotice].map(([name, notice]): [string, string] => [
    `${name}-alone`,
    removedBotMessage(notice, cardContext).text,
  ]),
  ...[...everyNotice].map(([name, notice]): [string, string] => [`${name}-brief`, briefNotice(notice).text]),
  ...[aProposal({ place: inChat }), anAwaiting(), aConfirmed(), aDone()].map((request): [string, string] => [
    `moved-${request.state}`,
    movedMessage(request, cardContext).text,
  ]),
  ...[aPlace(), inChat].map((place): [string, string] => [
    `no-card-${place.kind}`,
    noCardMessage(aProposal({ place }), cardContext).text,
  ]),
  ...[aPlace(), inChat, inPerson].map((place): [string, string] => [
    `sign-in-text-for-${place.kind}`,
    signInTextFor(aProposal({ place }), dana),
  ]),
  ['sign-in-text-for-another', signInTextFor(aProposal(), omar)],
  ['sign-in-title', signInTitle],
  ['sign-in-text', signInText],
  ['closing-alone-in-chat', removedBotMessage({ key: 'closing', request: aDone({ place: inChat }) }, cardContext).text],
  [
    'closing-alone-by-slash',
    removedBotMessage({ key: 'closing', request: aDone({ place: bySlash }) }, cardContext).text,
  ],
]);
