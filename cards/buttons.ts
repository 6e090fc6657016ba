/** The buttons of each state, primary one first (contract, 'Buttons'); at most four. */
import { runningOf } from '../src/domain/earlier.ts';
import type { Problem } from '../src/domain/problem.ts';
import {
  type AwaitingApproval,
  askedElsewhere,
  type Collection,
  type Done,
  type Proposed,
  type ProposedDevice,
  type Request,
  type Sighting,
} from '../src/domain/request.ts';
import { offersRetry } from '../src/domain/retry.ts';
import { type Button, button, type ExecuteButton, linkButton } from './adaptive-card.ts';
import type { CardContext } from './context.ts';

/** The buttons under the shared card of a request. */
export function requestButtons(request: Request, context: CardContext): readonly Button[] {
  switch (request.state) {
    case 'proposed':
      return proposalButtons(request, context);
    case 'confirmed':
      return confirmedButtons(request, request.collections);
    case 'done':
      return doneButtons(request, context);
    case 'awaitingApproval':
      return awaitingButtons(request, 'everybody');
    case 'cancelled':
    case 'denied':
    case 'expired':
      return [tryAgain(request)];
  }
}

/** Who reads a card that awaits approval: everybody at once, or one of them alone. */
export type AwaitingReader = 'everybody' | 'requester' | 'approver';

/** Where approval is asked in another conversation, the buttons for it are there. */
export function awaitingButtons(request: AwaitingApproval, reader: AwaitingReader): readonly Button[] {
  const back = cancelButton(request);
  switch (reader) {
    case 'requester':
      return [back];
    case 'approver':
      return approvalButtons(request);
    case 'everybody':
      return askedElsewhere(request) === undefined ? [...approvalButtons(request), back] : [back];
  }
}

function approvalButtons(request: AwaitingApproval): readonly Button[] {
  return [
    button('Approve', { verb: 'approve', ...on(request) }, { style: 'positive' }),
    button('Deny', { verb: 'askDeny', ...on(request) }),
  ];
}

/** Asks for the download link of one collection. */
export function downloadButton(request: Request, collection: Collection): ExecuteButton {
  return button('Get download link', { verb: 'downloadLink', ...on(request), collection: collection.id });
}

/** Leaves a form or a private answer. */
export function showCardButton(request: Request, title: string): ExecuteButton {
  return button(title, { verb: 'showCard', ...on(request) }, { associatedInputs: 'none' });
}

/** Which request a button belongs to, and the revision that its card shows. */
export function on({ id, revision }: Request) {
  return { request: id, revision };
}

function proposalButtons(request: Proposed, context: CardContext): readonly Button[] {
  const sightings = request.devices.map(({ sighting }) => sighting);
  if (sightings.some(({ step }) => step === 'signInNeeded')) return [signIn(request), cancelButton(request)];
  if (sightings.some(({ step }) => step === 'looking')) return [cancelButton(request)];
  const problems = sightings.flatMap((sighting) => (sighting.step === 'problem' ? [sighting.problem] : []));
  if (problems.some(isConsentMissing)) return [askAdministrator(context), tryAgain(request)];
  if (sightings.some(({ step }) => step === 'choosing') && (problems.length === 0 || sightings.length > 1)) {
    return [button('Continue', { verb: 'askDevice', ...on(request) }, { style: 'positive' }), cancelButton(request)];
  }
  if (!canCollect(request)) return [tryAgain(request), cancelButton(request)];
  return [...confirmButtons(request, 'Collect'), ...(problems.length === 0 ? [] : [tryAgain(request)])];
}

/** Whether the requester can confirm it as it stands: of several devices what cannot be had is left out. */
export function canCollect({ devices }: Proposed): boolean {
  const steps = devices.map(({ sighting }) => sighting.step);
  return steps.includes('found') && steps.every((step) => step === 'found' || step === 'problem');
}

/** The buttons of the confirm card. **Follow it** confirms as **Collect** does, where something runs already. */
function confirmButtons(request: Proposed, title: ConfirmTitle): readonly Button[] {
  const collect = button(title, { verb: 'collect', ...on(request) }, { style: 'positive' });
  return [collect, cancelButton(request), button('Edit', { verb: 'edit', ...on(request) })];
}

/** The buttons under the requester's own view of a proposal that has one. */
export function ownButtons(request: Proposed, context: CardContext): readonly Button[] {
  const shared = proposalButtons(request, context);
  if (openChoice(request) !== undefined) {
    const go = button('Continue', { verb: 'chooseDevice', ...on(request) }, { style: 'positive' });
    return [go, { ...cancelButton(request), associatedInputs: 'none' }];
  }
  return canCollect(request) && confirmTitle(request) === 'Follow it' ? confirmButtons(request, 'Follow it') : shared;
}

/** What the requester presses to confirm: they are told where there is nothing left to start. */
export function confirmTitle({ devices }: Proposed): ConfirmTitle {
  const found = devices.filter(({ sighting }) => sighting.step === 'found');
  return found.length > 0 && found.every(isRunning) ? 'Follow it' : 'Collect';
}

type ConfirmTitle = 'Collect' | 'Follow it';

/** The choice that the requester's own view asks for; undefined where there is none, or something else comes first. */
export function openChoice({ devices }: Proposed): (ProposedDevice & { readonly sighting: Choosing }) | undefined {
  if (devices.some(({ sighting: { step } }) => step === 'signInNeeded' || step === 'looking')) return undefined;
  for (const { query, sighting } of devices) if (sighting.step === 'choosing') return { query, sighting };
  return undefined;
}

type Choosing = Extract<Sighting, { readonly step: 'choosing' }>;

/** Whether the requester sees more of it than the others. */
export function hasOwnView(request: Request): request is Proposed {
  return request.state === 'proposed' && request.devices.some(({ sighting: { step } }) => isSeen(step));
}

function isSeen(step: Sighting['step']): boolean {
  return step === 'found' || step === 'choosing';
}

function isRunning({ sighting }: ProposedDevice): boolean {
  return sighting.step === 'found' && runningOf(sighting.earlier) !== undefined;
}

/** So many packages have each a button in its own row; for more there is one button, which asks whose. */
export const mostOwnButtons = 5;

/** Whether each package has a button in the row of its device. */
export function hasOwnButtons({ length }: readonly Collection[]): boolean {
  return length > 1 && length <= mostOwnButtons;
}

/** Asks for the link to one of many packages; undefined where there is none, or each has its own button. */
export function pickDownloadButton(request: Request, collections: readonly Collection[]): ExecuteButton | undefined {
  const isOffered = collections.length > mostOwnButtons && collections.some(({ state }) => state === 'succeeded');
  return isOffered ? button('Get download link', { verb: 'askDownload', ...on(request) }) : undefined;
}

/** What waits for a person decides; while everything is just being sent to Defender there is nothing to press. */
function confirmedButtons(request: Request, collections: readonly Collection[]): readonly Button[] {
  if (collections.some(({ state }) => state === 'awaitingSignIn')) return [signIn(request), cancelButton(request)];
  if (collections.some((each) => each.state === 'submitting' && each.blockedSince !== undefined)) {
    return [signIn(request)];
  }
  if (collections.some(({ state }) => state === 'unwatched')) {
    return [refresh(request), button('Keep following', { verb: 'keepFollowing', ...on(request) }), signIn(request)];
  }
  if (!collections.some(({ state }) => state === 'running')) {
    return collections.some(isDelayed) ? [cancelButton(request)] : [];
  }
  const stop = button('Cancel collection', { verb: 'askCancelCollection', ...on(request) }, { style: 'destructive' });
  return [refresh(request), stop];
}

/** With several devices each succeeded one has its button in its own row, or one button below the rows asks whose. */
function doneButtons(request: Done, context: CardContext): readonly Button[] {
  const { collections } = request;
  const [first, ...more] = collections;
  if (first?.state === 'succeeded' && more.length === 0) return [downloadButton(request, first)];
  if (collections.every(({ state }) => state === 'succeeded')) return [];
  const consent = collections.some((each) => each.state === 'refused' && isConsentMissing(each.problem));
  const isUnresolved = collections.some(({ state }) => state === 'unresolved');
  return [
    ...(isUnresolved ? [refresh(request)] : []),
    ...(consent ? [askAdministrator(context)] : []),
    offersRetry(request) ? button('Retry failed', { verb: 'retryFailed', ...on(request) }) : tryAgain(request),
  ];
}

/** It waits and goes on by itself, so it can be taken back. */
function isDelayed(collection: Collection): boolean {
  return collection.state === 'queued' && collection.delayedBy !== undefined;
}

function isConsentMissing({ kind }: Problem): boolean {
  return kind === 'consentMissing';
}

function refresh(request: Request): Button {
  return button('Refresh', { verb: 'refresh', ...on(request) });
}

function signIn(request: Request): Button {
  return button('Sign in', { verb: 'signIn', ...on(request) });
}

/** **Cancel**, for a card that offers nothing else. */
export function cancelButton(request: Request): ExecuteButton {
  return button('Cancel', { verb: 'cancel', ...on(request) });
}

function tryAgain(request: Request): Button {
  return button('Try again', { verb: 'tryAgain', ...on(request) });
}

function askAdministrator({ consentUrl }: CardContext): Button {
  return linkButton('Ask your administrator', consentUrl);
}
