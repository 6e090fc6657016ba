/** Every card in every state, by name: a new member of a union that is missing here does not compile. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { approvalCall } from '../../cards/approval-call.ts';
import { approvalCard } from '../../cards/approval-card.ts';
import { briefCard } from '../../cards/brief-card.ts';
import type { CardContext } from '../../cards/context.ts';
import { downloadLinkCard } from '../../cards/download-link-card.ts';
import { cancelCollectionForm, denyForm, downloadForm, editReasonForm } from '../../cards/forms.ts';
import { sharedCard } from '../../cards/guarded-card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { cardFor } from '../../cards/own-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import type { Device } from '../../src/domain/device.ts';
import type { EarlierCollection } from '../../src/domain/earlier.ts';
import { hour, second } from '../../src/domain/instant.ts';
import type { Collection, FinalCollection, Ownership, Proposed, Request, Sighting } from '../../src/domain/request.ts';
import { Secret } from '../../src/domain/secret.ts';
import { anAction, anEarlier } from '../build/action.ts';
import { twoPersonApproval } from '../build/approval.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice, anOffer, fullDetails } from '../build/device.ts';
import { collectionId, conversationId, deviceId, machineActionId } from '../build/ids.ts';
import { after, start } from '../build/moment.ts';
import { dana, omar } from '../build/person.ts';
import { everyProblem } from '../build/problem.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anApproval,
  anApprovalPlace,
  anAwaiting,
  anExpired,
  aPlace,
  aProposal,
  aProposalAt,
  aProposedDevice,
  aQuestion,
  aReason,
  aSeenDevice,
} from '../build/request.ts';
import { cardContext, germanContext } from './card-context.ts';
import { privateCards } from './private-cards.ts';

const problems = Object.entries(everyProblem);

const sightings = {
  signInNeeded: { step: 'signInNeeded' },
  looking: { step: 'looking' },
  choosing: { step: 'choosing', ...anOffer() },
  found: { step: 'found', device: aDevice() },
  problem: { step: 'problem', problem: everyProblem.deviceNotFound },
} satisfies { readonly [Step in Sighting['step']]: Extract<Sighting, { readonly step: Step }> };

const goingOn = {
  queued: aCollection.queued(),
  awaitingSignIn: aCollection.awaitingSignIn(),
  submitting: aCollection.submitting(),
  running: aCollection.running(),
  unwatched: aCollection.unwatched(),
} satisfies Record<Exclude<Collection['state'], FinalCollection['state']>, Collection>;

const ends = {
  succeeded: aCollection.succeeded(),
  failed: aCollection.failed(),
  timedOut: aCollection.timedOut(),
  cancelled: aCollection.cancelled(),
  unresolved: aCollection.unresolved(),
  refused: aCollection.refused(),
  withdrawn: aCollection.withdrawn(),
  expired: aCollection.expired(),
} satisfies Record<FinalCollection['state'], FinalCollection>;

const ownerships = {
  ours: { kind: 'ours' },
  probablyOurs: { kind: 'probablyOurs' },
  joined: { kind: 'joined' },
} satisfies { readonly [Kind in Ownership['kind']]: Extract<Ownership, { readonly kind: Kind }> };

const inProgress = anAction({ status: 'InProgress', updatedAt: after(90 * second) });
const others = anAction({
  status: 'InProgress',
  requestor: 'omar.haddad@corp.example',
  createdAt: after(-90 * second),
});
const cancelAsked = { by: omar, at: after(100 * second) };
const longest = aReason('lateral movement from this host, see the ticket '.repeat(21).slice(0, 1000));

const asked1to1 = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });
const fromPersonal = { place: asked1to1, question: aQuestion({ askedIn: anApprovalPlace() }) };
const approved = { approval: anApproval(), confirmedAt: after(hour) };
const refusedAsUnlike = aCollection.refused({ problem: everyProblem.notAsApproved });

/** One of them silent and unticked, one under a second name, one not to be had. */
const inPart = aProposal({
  devices: [
    aProposedDevice({ step: 'found', device: server(1) }),
    aProposedDevice({ step: 'found', device: { ...server(2), health: 'Inactive' } }),
    { query: { by: 'name', name: 'srv-01' }, sighting: { step: 'found', device: server(1) } },
    { query: { by: 'name', name: 'srv-99' }, sighting: { step: 'problem', problem: everyProblem.deviceNotFound } },
  ],
  unticked: [1],
});

/** Every request of interest, by the name of its card. Each state of each union is here. */
export const everyRequest: ReadonlyMap<string, Request> = new Map<string, Request>([
  ...Object.entries(sightings).map(([step, sighting]) => named(`proposed-${step}`, proposalAt(sighting))),
  named('proposed-found-inactive', aProposalAt({ step: 'found', device: aDevice({ health: 'Inactive' }) })),
  ...[everyProblem.noBudget, everyProblem.throttled].map((delayedBy) =>
    named(`proposed-delayed-${delayedBy.kind}`, aProposalAt({ step: 'looking', delayedBy })),
  ),
  named('proposed-long-reason', aProposal({ reason: longest })),
  ...problems.map(([kind, problem]) => named(`problem-${kind}`, aProposalAt({ step: 'problem', problem }))),
  ...Object.entries(goingOn).map(([state, each]) => named(`confirmed-${state}`, aConfirmed({ collections: [each] }))),
  ...[
    everyProblem.throttled,
    everyProblem.noBudget,
    everyProblem.defenderUnavailable,
    everyProblem.signInUnavailable,
  ].map((delayedBy) =>
    named(`delayed-${delayedBy.kind}`, aConfirmed({ collections: [aCollection.queued({ delayedBy })] })),
  ),
  named(
    'confirmed-already-running',
    aConfirmed({ collections: [aCollection.submitting({ saidAlreadyRunning: true })] }),
  ),
  named(
    'confirmed-outcome-unseen',
    aConfirmed({ collections: [aCollection.submitting({ blockedSince: after(90 * second) })] }),
  ),
  named('proposed-more-proof', aProposalAt({ step: 'signInNeeded', problem: everyProblem.moreProofNeeded })),
  named(
    'confirmed-more-proof',
    aConfirmed({ collections: [aCollection.awaitingSignIn({ problem: everyProblem.moreProofNeeded })] }),
  ),
  named(
    'confirmed-outcome-unseen-more-proof',
    aConfirmed({
      collections: [
        aCollection.submitting({ blockedSince: after(90 * second), blockedBy: everyProblem.moreProofNeeded }),
      ],
    }),
  ),
  named(
    'unwatched-more-proof',
    aConfirmed({ collections: [aCollection.unwatched({ problem: everyProblem.moreProofNeeded })] }),
  ),
  named(
    'confirmed-awaiting-consent',
    aConfirmed({ collections: [aCollection.awaitingSignIn({ problem: everyProblem.consentMissing })] }),
  ),
  named('running-in-progress', aConfirmed({ collections: [aCollection.running({ action: inProgress })] })),
  ...Object.entries(ownerships).map(([kind, ownership]) =>
    named(`running-${kind}`, aConfirmed({ collections: [aCollection.running({ action: others, ownership })] })),
  ),
  named(
    'running-joined-nameless',
    aConfirmed({ collections: [aCollection.running({ action: nameless(), ownership: ownerships.joined })] }),
  ),
  ...Object.entries(ends).map(([state, each]) => named(`done-${state}`, aDone({ collections: [each] }))),
  named(
    'done-late-end',
    aDone({ finishedAt: after(72 * hour), collections: [aCollection.succeeded({ finishedAt: after(80 * hour) })] }),
  ),
  named(
    'done-joined',
    aDone({ collections: [aCollection.succeeded({ ownership: ownerships.joined, action: others })] }),
  ),
  ...[everyProblem.consentMissing, everyProblem.alreadyRunningUnseen, everyProblem.outcomeUnknown].map((problem) =>
    named(`refused-${problem.kind}`, aDone({ collections: [aCollection.refused({ problem })] })),
  ),
  ...Object.entries({ running: goingOn.running, unwatched: goingOn.unwatched }).map(([state, each]) =>
    named(`stopping-${state}`, aConfirmed({ collections: [{ ...each, cancelAsked }] })),
  ),
  ...[ends.succeeded, ends.failed, ends.timedOut, ends.cancelled, ends.unresolved].map((each) =>
    named(`stopped-${each.state}`, aDone({ collections: [{ ...each, cancelAsked }] })),
  ),
  named('cancelled', aCancelled()),
  named('cancelled-unseen', aCancelled({ devices: [aProposedDevice({ step: 'looking' })] })),
  named('expired', anExpired()),
  named('awaiting', anAwaiting()),
  named('awaiting-high-value', anAwaiting({ question: aQuestion({ why: 'highValueDevice' }) })),
  named('awaiting-reminded', anAwaiting({ remindedAt: after(4 * hour) })),
  named('awaiting-many', manyAwaiting()),
  named('awaiting-elsewhere', anAwaiting(fromPersonal)),
  named('denied', aDenied()),
  named('unapproved', anExpired({ question: aQuestion(), expiredAt: after(8 * hour) })),
  named('cancelled-awaiting', aCancelled({ question: aQuestion() })),
  named('approved-running', aConfirmed({ ...approved, collections: [aCollection.running()] })),
  named('approved-done', aDone({ ...approved, collections: [aCollection.succeeded()] })),
  named('refused-notAsApproved', aDone({ ...approved, collections: [refusedAsUnlike] })),
  named('many-proposed', aProposal({ devices: Object.values(sightings).map(aProposedDevice) })),
  named(
    'many-found',
    aProposal({ devices: [1, 2, 3].map((n) => aProposedDevice({ step: 'found', device: server(n) })) }),
  ),
  named('many-found-in-part', inPart),
  named('many-left-out', aDone({ leftOut: inPart.devices.slice(2), collections: numbered([ends.succeeded]) })),
  named('many-retry', aDone({ collections: numbered([ends.succeeded, ends.failed, ends.cancelled]) })),
  named('many-downloads', aDone({ collections: numbered(Array.from({ length: 6 }, () => ends.succeeded)) })),
  named('many-running', aConfirmed({ collections: numbered([...Object.values(goingOn), ...Object.values(ends)]) })),
  named('many-done', aDone({ collections: numbered(Object.values(ends)) })),
]);

const inFull = aDevice({ details: fullDetails });
const restricted = aDevice({
  os: 'Windows10 1607',
  health: 'Inactive',
  details: { ...fullDetails, build: 14_393, tags: ['Restricted security operations', ...tags(30)] },
});
const running = anEarlier({ id: machineActionId(8), status: 'InProgress', createdAt: after(-90 * second) });
const manyOffered = Array.from({ length: 15 }, (_, n) => ({ ...server(n + 1), details: fullDetails }));
const mixed: readonly Sighting[] = [
  { step: 'found', device: inFull, earlier: [running, anEarlier()] },
  { step: 'found', device: { ...restricted, id: deviceId(2) }, earlier: [] },
  { step: 'found', device: { ...server(3), details: fullDetails }, earlier: [anEarlier()] },
];

/** Every proposal of which the requester sees more than the others, by the name of their view. */
export const everyOwnProposal: ReadonlyMap<string, Proposed> = new Map<string, Proposed>([
  named('own-found', aProposalAt({ step: 'found', device: inFull, earlier: [] })),
  named('own-found-bare', aProposalAt({ step: 'found', device: bare() })),
  named('own-found-restricted', aProposalAt({ step: 'found', device: restricted, earlier: [] })),
  named('own-found-running', aProposalAt({ step: 'found', device: inFull, earlier: [running] })),
  named('own-found-recent', aProposalAt({ step: 'found', device: inFull, earlier: everyEnd() })),
  named('own-choosing', chosenByName({ step: 'choosing', ...anOffer() })),
  named('own-choosing-near', chosenByName({ step: 'choosing', ...anOffer({ match: 'nearName' }) })),
  named('own-choosing-many', chosenByName({ step: 'choosing', ...anOffer({ devices: manyOffered, hasMore: true }) })),
  named('own-many', aProposal({ devices: mixed.map(aProposedDevice) })),
  named(
    'own-many-running',
    aProposal({
      devices: [1, 2].map((n) => aProposedDevice({ step: 'found', device: server(n), earlier: [running] })),
    }),
  ),
  named(
    'own-many-choosing',
    aProposal({
      devices: [aProposedDevice(), ...chosenByName({ step: 'choosing', ...anOffer() }).devices],
    }),
  ),
  named('own-too-many-for-details', aProposal({ devices: [1, 2].flatMap(() => mixed.map(aProposedDevice)) })),
]);

const plainSighting: Extract<Sighting, { readonly step: 'found' }> = { step: 'found', device: inFull, earlier: [] };

/** As where a second person always has to approve. */
const approval = twoPersonApproval({
  role: 'Collection.Approve',
  mentions: [
    { kind: 'user', upn: 'omar.haddad@corp.example' },
    { kind: 'tag', name: 'SOC leads', id: 'MjQzMmQ1N2Mt' },
  ],
});

/** Every card in English, by name. */
export const everyCard: ReadonlyMap<string, AdaptiveCard> = everyCardFor(cardContext);

/** Every card in German, by name. */
export const everyGermanCard: ReadonlyMap<string, AdaptiveCard> = everyCardFor(germanContext);

function everyCardFor(context: CardContext): ReadonlyMap<string, AdaptiveCard> {
  const { say } = context;
  const unsentInPart = aConfirmed({
    collections: [aCollection.running(), aCollection.queued({ id: collectionId(2) })],
  });
  return new Map<string, AdaptiveCard>([
    ...[...everyRequest].map(([name, request]) => named(name, requestCard(request, context))),
    ...[...everyOwnProposal].map(([name, request]) => named(name, cardFor(dana, request, context))),
    named('brief', briefCard(aDone(), context)),
    named('with-tab-link', requestCard(aDone(), { ...context, tab: `${context.teams}/l/entity/app/collections` })),
    named('form-edit-reason', editReasonForm(say, aProposal())),
    named('form-download', downloadForm(say, aDone({ collections: numbered(Object.values(ends)) }))),
    named('form-deny', denyForm(say, anAwaiting())),
    named('form-cancel', cancelCollectionForm(say, aConfirmed({ collections: [aCollection.running()] }))),
    named('form-cancel-unsent', cancelCollectionForm(say, unsentInPart)),
    named('form-cancel-joined', cancelCollectionForm(say, joinedRequest())),
    named('download-link', downloadLinkCard(say, aDone(), aDevice(), link())),
    ...approvalCards(context),
    ...guardedCards(context),
    ...privateCards(undefined, context),
    named('help', helpCard(say)),
    named('welcome', welcomeCard(say, dana)),
  ]);
}

/** What stands where others read along, in the states that differ by more than a word. */
function guardedCards(context: CardContext): readonly (readonly [string, AdaptiveCard])[] {
  const requests = { found: aProposal(), awaiting: anAwaiting(), running: joinedRequest(), done: aDone() };
  return [
    ...Object.entries(requests).map(([state, request]) =>
      named(`guarded-${state}`, sharedCard(request, context, 'mixed')),
    ),
    named('guarded-unknown', sharedCard(aProposal(), context, 'unknown')),
  ];
}

/** From a channel the card of the request itself asks; from 1:1 a card of its own does, elsewhere. */
function approvalCards(context: CardContext): readonly (readonly [string, AdaptiveCard])[] {
  const withApprovers = { ...context, approval };
  const asked = anAwaiting(fromPersonal);
  const given = anApproval({ question: fromPersonal.question });
  const ends = {
    confirmed: aConfirmed({ place: asked1to1, approval: given }),
    done: aDone({ place: asked1to1, approval: given }),
    denied: aDenied(fromPersonal),
    cancelled: aCancelled(fromPersonal),
    expired: anExpired(fromPersonal),
  } satisfies Record<Exclude<Request['state'], 'proposed' | 'awaitingApproval'>, Request>;
  const [first, reminder] = [`approval:${start}`, `approvalReminder:${start}`] as const;
  return [
    named('own-awaiting', cardFor(dana, anAwaiting(), context)),
    named('own-awaiting-approver', cardFor(omar, anAwaiting(), context)),
    named('approval-asked', approvalCard(asked, withApprovers)),
    named('approval-asked-many', approvalCard({ ...manyAwaiting(), ...fromPersonal }, withApprovers)),
    ...Object.entries(ends).map(([state, request]) => named(`approval-${state}`, approvalCard(request, context))),
    named('approval-call', approvalCall({ key: first, request: anAwaiting() }, withApprovers, 'own')),
    named('approval-call-nobody', approvalCall({ key: first, request: anAwaiting() }, context, 'own')),
    named('approval-call-guarded', approvalCall({ key: first, request: anAwaiting() }, withApprovers, 'mixed')),
    named('approval-reminder', approvalCall({ key: reminder, request: anAwaiting() }, withApprovers, 'own')),
    named('own-found-needs-approval', cardFor(dana, aProposalAt(plainSighting), withApprovers)),
    named('own-found-nobody-to-approve', cardFor(dana, inPersonal(aProposalAt(plainSighting)), withApprovers)),
    named(
      'own-found-running-approval',
      cardFor(dana, aProposalAt({ ...plainSighting, earlier: [running] }), withApprovers),
    ),
  ];
}

function inPersonal(request: Proposed): Proposed {
  return { ...request, place: asked1to1 };
}

function manyAwaiting() {
  return anAwaiting({
    devices: [1, 2, 3].map((n) => aSeenDevice(server(n))),
    question: aQuestion({ why: 'highValueDevice' }),
  });
}

function tags(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `tag ${n}`);
}

function bare(): Device {
  const { lastSeen: _, ...device } = aDevice();
  return device;
}

/** One collection of each end, newest first. */
function everyEnd(): readonly EarlierCollection[] {
  const ends = ['Succeeded', 'Failed', 'TimeOut', 'Cancelled'] as const;
  return ends.map((status, n) => anEarlier({ id: machineActionId(n), status, createdAt: after(-(3 + n) * hour) }));
}

/** Only a name can mean several devices. */
function proposalAt(sighting: Sighting): Proposed {
  return sighting.step === 'choosing' ? chosenByName(sighting) : aProposalAt(sighting);
}

function chosenByName(sighting: Sighting): Proposed {
  return aProposal({ devices: [{ query: { by: 'name', name: 'lap-0042' }, sighting }] });
}

function named<Value>(name: string, value: Value): readonly [string, Value] {
  return [name, value];
}

function nameless() {
  const { requestor: _requestor, ...action } = others;
  return action;
}

function joinedRequest() {
  return aConfirmed({ collections: [aCollection.running({ action: others, ownership: ownerships.joined })] });
}

function server(n: number) {
  return aDevice({ id: deviceId(n), name: `web-${n}.corp.example`, os: 'WindowsServer2022', health: 'Inactive' });
}

function numbered<Kind extends Collection>(collections: readonly Kind[]): readonly Kind[] {
  return collections.map((each, i) => ({ ...each, id: collectionId(i + 1), device: server(i + 1) }));
}

function link(): Secret<'packageLink'> {
  return new Secret('packageLink', 'https://packages.example/5382f7ea.zip?sig=abc%2Fdef');
}
