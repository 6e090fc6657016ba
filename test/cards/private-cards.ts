/** The cards that only their asker sees and that belong to no request, by name; `theirs` stands wherever strangers' text can. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { cancelOthersCard } from '../../cards/cancel-card.ts';
import { askedCard, collectForm, leftFormCard } from '../../cards/collect-form.ts';
import type { CardContext } from '../../cards/context.ts';
import { deviceChoiceCard, listCard, signInFirstCard } from '../../cards/list-card.ts';
import type { CancelAction, ListAction } from '../../cards/private-action.ts';
import { parseActivityId } from '../../src/domain/ids.ts';
import { minute } from '../../src/domain/instant.ts';
import type { Follower, Listed, ListPage } from '../../src/domain/listing.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { conversationId, deviceId, known, machineActionId } from '../build/ids.ts';
import { after } from '../build/moment.ts';
import { dana, omar } from '../build/person.ts';
import { everyProblem } from '../build/problem.ts';
import { aConfirmed, aDone, anExpired, aPlace, aProposal, aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';

const status: ListAction = { verb: 'showStatus', about: '', page: 0 };
const history: ListAction = { verb: 'showHistory', about: 'lap-0042', page: 1 };
const inPerson = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });
const inChat = aPlace({ kind: 'groupChat', conversation: conversationId('19:chat@thread.v2') });

const origin = { conversation: aPlace().conversation, opening: known(parseActivityId('1772421120000')) };

/** Every such card. */
export function privateCards(
  theirs = 'lap-0042.corp.example',
  context: CardContext = cardContext,
): ReadonlyMap<string, AdaptiveCard> {
  const { say } = context;
  const device = aDevice({ name: theirs, os: theirs });
  const person = { ...omar, name: theirs };
  const wish: CancelAction = { verb: 'cancelAction', action: machineActionId(), why: `x ${theirs}` };
  const show = (asked: ListAction, page: Partial<ListPage>) =>
    listCard(asked, { subject: { kind: 'own' }, rows: [], page: 0, pages: 1, ...page }, context);
  return new Map<string, AdaptiveCard>([
    ['status', show(status, { rows: ownRows(theirs) })],
    ['status-unsigned', show(status, { rows: ownRows(theirs), lastKnown: { why: 'signIn' } })],
    ['status-unread', show(status, { lastKnown: { why: 'problem', problem: everyProblem.throttled } })],
    [
      'status-action',
      show(
        { ...status, about: machineActionId() },
        { subject: { kind: 'action' }, rows: actionRows(theirs).slice(0, 1) },
      ),
    ],
    ['history', show(history, { subject: { kind: 'device', device }, rows: actionRows(theirs), page: 1, pages: 3 })],
    ['history-none', show(history, { subject: { kind: 'device', device } })],
    ['history-own', show({ ...history, about: '' }, { rows: actionRows(theirs) })],
    [
      'list-choice',
      deviceChoiceCard(say, { ...status, about: theirs }, 'sameName', [device, aDevice({ id: deviceId(2) })]),
    ],
    ['list-near', deviceChoiceCard(say, { ...history, about: theirs }, 'nearName', [device])],
    ['sign-in-first', signInFirstCard(say, status, undefined)],
    ['sign-in-anew', signInFirstCard(say, wish, everyProblem.moreProofNeeded)],
    ['form-collect', collectForm({ draft: { devices: '', reason: '' } }, origin, context)],
    [
      'form-collect-fault',
      collectForm(
        { draft: { devices: theirs, reason: theirs }, fault: { why: 'notADevice', typed: theirs }, askedIn: aPlace() },
        origin,
        context,
      ),
    ],
    ['form-asked', askedCard(say, 1)],
    ['form-asked-many', askedCard(say, 12)],
    ['form-left', leftFormCard(say)],
    ['cancel-others', cancelOthersCard(say, wish, anAction({ requestor: theirs, deviceName: theirs }))],
  ]);

  function ownRows(text: string): readonly Listed[] {
    const running = aCollection.running({ device, cancelAsked: { by: person, at: after(3 * minute) } });
    return [
      { kind: 'request', request: aProposal({ reason: aReason(`x ${text}`), place: inPerson }) },
      { kind: 'request', request: aConfirmed({ collections: [running], place: inChat }) },
      { kind: 'action', action: elsewhere(text), followers: [] },
      { kind: 'request', request: aDone({ collections: [aCollection.succeeded({ device })] }) },
      { kind: 'request', request: anExpired(), isUndelivered: true },
    ];
  }

  function actionRows(text: string): readonly Listed[] {
    const action = anAction({ status: 'Succeeded', updatedAt: after(4 * minute), deviceName: text });
    const stopped = aCollection.succeeded({ device, cancelAsked: { by: person, at: after(3 * minute) } });
    const joined = aCollection.succeeded({ device, ownership: { kind: 'joined' } });
    const followers: readonly Follower[] = [
      { request: aDone({ requester: { ...dana, name: text } }), collection: stopped },
      ...[inPerson, inChat, aPlace()].map((place) => ({
        request: aDone({ requester: person, place }),
        collection: joined,
      })),
    ];
    const { requestor: _, comment: _comment, ...nameless } = elsewhere(text);
    return [
      { kind: 'action', action, followers },
      { kind: 'action', action: elsewhere(text), followers: [] },
      { kind: 'action', action: { ...nameless, status: 'Failed' }, followers: [] },
      { kind: 'action', action: anAction({ status: 'TimeOut' }), followers: [] },
      { kind: 'action', action: anAction({ status: 'Cancelled' }), followers: [] },
    ];
  }
}

function elsewhere(text: string) {
  return anAction({ requestor: text, comment: `x ${text}`, deviceName: text, status: 'InProgress' });
}
