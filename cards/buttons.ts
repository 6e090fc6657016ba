/** The buttons of each state, primary one first (contract, 'Buttons'); at most four. */
import type { Problem } from '../src/domain/problem.ts';
import type { Collection, Proposed, Request } from '../src/domain/request.ts';
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
      return doneButtons(request, request.collections, context);
    case 'cancelled':
    case 'expired':
      return [tryAgain(request)];
  }
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
  if (sightings.some(({ step }) => step === 'signInNeeded')) return [signIn(request), cancel(request)];
  if (sightings.some(({ step }) => step === 'looking')) return [cancel(request)];
  const problems = sightings.flatMap((sighting) => (sighting.step === 'problem' ? [sighting.problem] : []));
  if (problems.some(isConsentMissing)) return [askAdministrator(context), tryAgain(request)];
  if (problems.length > 0) return [tryAgain(request), cancel(request)];
  const collect = button('Collect', { verb: 'collect', ...on(request) }, { style: 'positive' });
  return [collect, cancel(request), button('Edit', { verb: 'edit', ...on(request) })];
}

/** What waits for a person decides; while everything is on its way to Defender there is nothing to press. */
function confirmedButtons(request: Request, collections: readonly Collection[]): readonly Button[] {
  if (collections.some(({ state }) => state === 'awaitingSignIn')) return [signIn(request), cancel(request)];
  if (collections.some((each) => each.state === 'submitting' && each.blockedSince !== undefined)) {
    return [signIn(request)];
  }
  const refresh = button('Refresh', { verb: 'refresh', ...on(request) });
  if (collections.some(({ state }) => state === 'unwatched')) {
    return [refresh, button('Keep following', { verb: 'keepFollowing', ...on(request) }), signIn(request)];
  }
  if (!collections.some(({ state }) => state === 'running')) return [];
  const stop = button('Cancel collection', { verb: 'askCancelCollection', ...on(request) }, { style: 'destructive' });
  return [refresh, stop];
}

/** With several devices each succeeded one has its button in its own row. */
function doneButtons(request: Request, collections: readonly Collection[], context: CardContext): readonly Button[] {
  const [first, ...more] = collections;
  if (first?.state === 'succeeded' && more.length === 0) return [downloadButton(request, first)];
  if (collections.every(({ state }) => state === 'succeeded')) return [];
  const consent = collections.some((each) => each.state === 'refused' && isConsentMissing(each.problem));
  return [...(consent ? [askAdministrator(context)] : []), tryAgain(request)];
}

function isConsentMissing({ kind }: Problem): boolean {
  return kind === 'consentMissing';
}

function signIn(request: Request): Button {
  return button('Sign in', { verb: 'signIn', ...on(request) });
}

function cancel(request: Request): Button {
  return button('Cancel', { verb: 'cancel', ...on(request) });
}

function tryAgain(request: Request): Button {
  return button('Try again', { verb: 'tryAgain', ...on(request) });
}

function askAdministrator({ consentUrl }: CardContext): Button {
  return linkButton('Ask your administrator', consentUrl);
}
