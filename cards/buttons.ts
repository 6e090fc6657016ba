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
import type { Catalogue } from './language/catalogue.ts';

/** The buttons under the shared card of a request. */
export function requestButtons(request: Request, context: CardContext): readonly Button[] {
  switch (request.state) {
    case 'proposed':
      return proposalButtons(request, context);
    case 'confirmed':
      return confirmedButtons(context.say, request, request.collections);
    case 'done':
      return doneButtons(request, context);
    case 'awaitingApproval':
      return awaitingButtons(context.say, request, 'everybody');
    case 'cancelled':
    case 'denied':
    case 'expired':
      return [tryAgain(context.say, request)];
  }
}

/** Who reads a card that awaits approval: everybody at once, or one of them alone. */
export type AwaitingReader = 'everybody' | 'requester' | 'approver';

/** Where approval is asked in another conversation, the buttons for it are there. */
export function awaitingButtons(say: Catalogue, request: AwaitingApproval, reader: AwaitingReader): readonly Button[] {
  const back = cancelButton(say, request);
  switch (reader) {
    case 'requester':
      return [back];
    case 'approver':
      return approvalButtons(say, request);
    case 'everybody':
      return askedElsewhere(request) === undefined ? [...approvalButtons(say, request), back] : [back];
  }
}

function approvalButtons({ buttons }: Catalogue, request: AwaitingApproval): readonly Button[] {
  return [
    button(buttons.approve, { verb: 'approve', ...on(request) }, { style: 'positive' }),
    button(buttons.deny, { verb: 'askDeny', ...on(request) }),
  ];
}

/** Asks for the download link of one collection. */
export function downloadButton({ buttons }: Catalogue, request: Request, collection: Collection): ExecuteButton {
  return button(buttons.getDownloadLink, { verb: 'downloadLink', ...on(request), collection: collection.id });
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
  const { say } = context;
  const sightings = request.devices.map(({ sighting }) => sighting);
  if (sightings.some(({ step }) => step === 'signInNeeded')) return [signIn(say, request), cancelButton(say, request)];
  if (sightings.some(({ step }) => step === 'looking')) return [cancelButton(say, request)];
  const problems = sightings.flatMap((sighting) => (sighting.step === 'problem' ? [sighting.problem] : []));
  if (problems.some(isConsentMissing)) return [askAdministrator(context), tryAgain(say, request)];
  if (sightings.some(({ step }) => step === 'choosing') && (problems.length === 0 || sightings.length > 1)) {
    const go = button(say.buttons.continue, { verb: 'askDevice', ...on(request) }, { style: 'positive' });
    return [go, cancelButton(say, request)];
  }
  if (!canCollect(request)) return [tryAgain(say, request), cancelButton(say, request)];
  return [...confirmButtons(say, request, 'collect'), ...(problems.length === 0 ? [] : [tryAgain(say, request)])];
}

/** Whether the requester can confirm it as it stands: of several devices what cannot be had is left out. */
export function canCollect({ devices }: Proposed): boolean {
  const steps = devices.map(({ sighting }) => sighting.step);
  return steps.includes('found') && steps.every((step) => step === 'found' || step === 'problem');
}

/** The buttons of the confirm card. **Follow it** confirms as **Collect** does, where something runs already. */
function confirmButtons(say: Catalogue, request: Proposed, title: ConfirmTitle): readonly Button[] {
  const { buttons } = say;
  const collect = button(buttons[title], { verb: 'collect', ...on(request) }, { style: 'positive' });
  return [collect, cancelButton(say, request), button(buttons.edit, { verb: 'edit', ...on(request) })];
}

/** The buttons under the requester's own view of a proposal that has one. */
export function ownButtons(request: Proposed, context: CardContext): readonly Button[] {
  const { say } = context;
  const shared = proposalButtons(request, context);
  if (openChoice(request) !== undefined) {
    const go = button(say.buttons.continue, { verb: 'chooseDevice', ...on(request) }, { style: 'positive' });
    return [go, { ...cancelButton(say, request), associatedInputs: 'none' }];
  }
  const follows = canCollect(request) && confirmTitle(request) === 'followIt';
  return follows ? confirmButtons(say, request, 'followIt') : shared;
}

/** Which button the requester presses to confirm: they are told where there is nothing left to start. */
export function confirmTitle({ devices }: Proposed): ConfirmTitle {
  const found = devices.filter(({ sighting }) => sighting.step === 'found');
  return found.length > 0 && found.every(isRunning) ? 'followIt' : 'collect';
}

type ConfirmTitle = 'collect' | 'followIt';

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
export function pickDownloadButton(
  { buttons }: Catalogue,
  request: Request,
  collections: readonly Collection[],
): ExecuteButton | undefined {
  const isOffered = collections.length > mostOwnButtons && collections.some(({ state }) => state === 'succeeded');
  return isOffered ? button(buttons.getDownloadLink, { verb: 'askDownload', ...on(request) }) : undefined;
}

/** What waits for a person decides; while everything is just being sent to Defender there is nothing to press. */
function confirmedButtons(say: Catalogue, request: Request, collections: readonly Collection[]): readonly Button[] {
  const { buttons } = say;
  if (collections.some(({ state }) => state === 'awaitingSignIn')) {
    return [signIn(say, request), cancelButton(say, request)];
  }
  if (collections.some((each) => each.state === 'submitting' && each.blockedSince !== undefined)) {
    return [signIn(say, request)];
  }
  if (collections.some(({ state }) => state === 'unwatched')) {
    const keep = button(buttons.keepFollowing, { verb: 'keepFollowing', ...on(request) });
    return [refresh(say, request), keep, signIn(say, request)];
  }
  if (!collections.some(({ state }) => state === 'running')) {
    return collections.some(isDelayed) ? [cancelButton(say, request)] : [];
  }
  const stop = button(
    buttons.cancelCollection,
    { verb: 'askCancelCollection', ...on(request) },
    { style: 'destructive' },
  );
  return [refresh(say, request), stop];
}

/** With several devices each succeeded one has its button in its own row, or one button below the rows asks whose. */
function doneButtons(request: Done, context: CardContext): readonly Button[] {
  const { say } = context;
  const { collections } = request;
  const [first, ...more] = collections;
  if (first?.state === 'succeeded' && more.length === 0) return [downloadButton(say, request, first)];
  if (collections.every(({ state }) => state === 'succeeded')) return [];
  const consent = collections.some((each) => each.state === 'refused' && isConsentMissing(each.problem));
  const isUnresolved = collections.some(({ state }) => state === 'unresolved');
  return [
    ...(isUnresolved ? [refresh(say, request)] : []),
    ...(consent ? [askAdministrator(context)] : []),
    offersRetry(request)
      ? button(say.buttons.retryFailed, { verb: 'retryFailed', ...on(request) })
      : tryAgain(say, request),
  ];
}

/** It waits and goes on by itself, so it can be taken back. */
function isDelayed(collection: Collection): boolean {
  return collection.state === 'queued' && collection.delayedBy !== undefined;
}

function isConsentMissing({ kind }: Problem): boolean {
  return kind === 'consentMissing';
}

function refresh({ buttons }: Catalogue, request: Request): Button {
  return button(buttons.refresh, { verb: 'refresh', ...on(request) });
}

function signIn({ buttons }: Catalogue, request: Request): Button {
  return button(buttons.signIn, { verb: 'signIn', ...on(request) });
}

/** **Cancel**, for a card that offers nothing else. */
export function cancelButton({ buttons }: Catalogue, request: Request): ExecuteButton {
  return button(buttons.cancel, { verb: 'cancel', ...on(request) });
}

function tryAgain({ buttons }: Catalogue, request: Request): Button {
  return button(buttons.tryAgain, { verb: 'tryAgain', ...on(request) });
}

function askAdministrator({ consentUrl, say }: CardContext): Button {
  return linkButton(say.buttons.askYourAdministrator, consentUrl);
}
