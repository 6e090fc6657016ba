/**
 * What a click on a card does. The card's data comes back from a client, so it only names a request: who clicks,
 * where, and in which state the request is decide, here and again under the lock of the transition.
 */
import { type CardAction, parseCardAction } from '../../cards/action.ts';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import {
  otherTenantAnswer,
  problemAnswer,
  reasonFaultAnswer,
  signInCancelledAnswer,
  unchangedAnswer,
  unknownRequestAnswer,
  unreadableClickAnswer,
} from '../../cards/answers.ts';
import { downloadLinkCard } from '../../cards/download-link-card.ts';
import { linkTooLateAnswer, notServedHereAnswer, stillWaitingAnswer } from '../../cards/edge-answers.ts';
import { cancelCollectionForm, editReasonForm } from '../../cards/forms.ts';
import { cardFor } from '../../cards/own-card.ts';
import { parsePrivateAction } from '../../cards/private-action.ts';
import { cancelCollections } from '../../src/app/cancel.ts';
import { decide } from '../../src/app/decide.ts';
import { earlierLink } from '../../src/app/earlier-link.ts';
import { downloadLink, type OnActionResult, refresh } from '../../src/app/on-action.ts';
import { tryAgain } from '../../src/app/try-again.ts';
import type { Device } from '../../src/domain/device.ts';
import { newCollectionId, newCollectionRef } from '../../src/domain/ids.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import { parseReason } from '../../src/domain/reason.ts';
import type { Request } from '../../src/domain/request.ts';
import type { PackageLink } from '../../src/domain/secret.ts';
import type { RequestEvent, Unchanged } from '../../src/domain/transition.ts';
import type { PostStore } from '../../src/ports.ts';
import type { Budget } from '../deadline.ts';
import { inTime, tooLate } from './in-time.ts';
import { channelOf, type Incoming } from './incoming.ts';
import { onPrivateClick, type PrivateClickPorts } from './on-private-click.ts';
import { isServed } from './served-places.ts';
import { signInOf, takeCode, takeToken } from './sign-in.ts';

/** A click, read from the invoke. */
export interface IncomingClick extends Incoming {
  readonly verb: unknown;
  readonly data: unknown;
  /** The message that carries the card. */
  readonly card: Incoming['activity'] | undefined;
  /** What the client brought back from a login request, if it was one. */
  readonly signIn:
    | { readonly by: 'token'; readonly token: string }
    | { readonly by: 'code'; readonly code: string }
    | undefined;
}

/** The answer to a click; `on-invoke.ts` puts it on the wire. All of them are for the clicker alone. */
export type ClickAnswer =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | { readonly kind: 'text'; readonly text: string }
  /** Sign in first, then click again: Teams repeats the click by itself. */
  | { readonly kind: 'signIn' }
  /** The code was not taken. */
  | { readonly kind: 'wrongCode' }
  /** The silent token was not taken; the client shows the sign-in button instead. */
  | { readonly kind: 'silentSignInFailed' };

/** What handling a click needs. */
export interface ClickPorts extends PrivateClickPorts {
  readonly posts: PostStore;
  readonly proposalTtlMs: number;
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
}

/**
 * Handles a click; safe to repeat, since Teams sends an invoke again that was not answered in time.
 * @param budget how long the client waits: an answer comes within it, also while somebody else's service hangs
 */
export async function onCardAction(ports: ClickPorts, click: IncomingClick, budget: Budget): Promise<ClickAnswer> {
  if (click.person.tenant !== ports.app.tenant) return text(otherTenantAnswer());
  if (!isServed(click, ports.allowedConversations)) return text(notServedHereAnswer());
  const wish = parsePrivateAction(click.verb, click.data);
  if (wish !== undefined) {
    return (await takeSignIn(ports, click, budget)) ?? (await onPrivateClick(ports, click, wish, budget));
  }
  const action = parseCardAction(click.verb, click.data);
  if (action === undefined) return text(unreadableClickAnswer());
  const request = await ports.store.find(action.request);
  // A card of another conversation is none of this one's business, and must not show here.
  if (request === undefined || !isHere(request, click)) return text(unknownRequestAnswer());
  await adopt(ports, request, click);
  const refused = await takeSignIn(ports, click, budget);
  return refused ?? (await act(ports, click, action, request, budget));
}

async function act(
  ports: ClickPorts,
  click: IncomingClick,
  action: CardAction,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer> {
  const by = { by: click.person, revision: action.revision };
  switch (action.verb) {
    case 'signIn':
      return await signIn(ports, click, request, budget);
    case 'collect': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, click, early, request);
      // Only that there is a sign-in: what Entra thinks of it shows when the collection is sent.
      const unsigned = await needsSignIn(ports, click, request, budget);
      if (unsigned !== undefined) return unsigned;
      const count = request.state === 'proposed' ? request.devices.length : 0;
      const names = Array.from({ length: count }, () => ({ id: newCollectionId(), ref: newCollectionRef() }));
      return await apply(ports, click, request, { type: 'confirmed', click: by, names });
    }
    case 'cancel':
      return await apply(ports, click, request, { type: 'cancelled', click: by });
    case 'edit': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, click, early, request);
      return request.state === 'proposed' ? card(editReasonForm(request)) : unchanged(ports, click, 'notNow', request);
    }
    case 'saveReason': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(check));
      return await apply(ports, click, request, { type: 'reasonEdited', click: by, reason: check.reason });
    }
    case 'askDevice': {
      const early = notTheirs(click, request, action.revision);
      return early === undefined ? currentCard(ports, click, request) : unchanged(ports, click, early, request);
    }
    case 'chooseDevice':
      return await apply(ports, click, request, { type: 'deviceChosen', click: by, device: action.device });
    case 'showCard':
      return currentCard(ports, click, request);
    case 'refresh':
      return await waited(ports, click, request, budget, refresh(ports, request, click.person));
    case 'keepFollowing':
      return (
        (await needsSignIn(ports, click, request, budget)) ??
        (await apply(ports, click, request, { type: 'keptFollowing', by: click.person }))
      );
    case 'askCancelCollection':
      return request.state === 'confirmed'
        ? card(cancelCollectionForm(request))
        : unchanged(ports, click, 'notNow', request);
    case 'cancelCollection': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(check));
      const work = cancelCollections(ports, request, click.person, check.reason);
      return await waited(ports, click, request, budget, work);
    }
    case 'downloadLink':
      return await linked(ports, click, request, budget, downloadLink(ports, request, action.collection, click.person));
    case 'earlierLink':
      if (!isSamePerson(click.person, request.requester)) return unchanged(ports, click, 'notForYou', request);
      return await linked(ports, click, request, budget, earlierLink(ports, request, action.action, click.person));
    case 'tryAgain':
      if (!isOver(request)) return unchanged(ports, click, 'notNow', request);
      return (await tryAgain(ports, request, click.person)) === undefined
        ? unchanged(ports, click, 'nothingNew', request)
        : currentCard(ports, click, request);
  }
}

/** Signing in is for whoever clicks: the requester's own request goes on, another's card stays as it is. */
async function signIn(ports: ClickPorts, click: IncomingClick, request: Request, budget: Budget): Promise<ClickAnswer> {
  const unsigned = await needsSignIn(ports, click, request, budget);
  if (unsigned !== undefined) return unsigned;
  const changed = await decide(ports.store, request.id, { type: 'signedIn', by: click.person });
  return currentCard(ports, click, changed?.request ?? request);
}

/** @returns the answer to somebody without a sign-in; undefined when they have one */
async function needsSignIn(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer | undefined> {
  const held = await inTime(ports.log, budget, 'the Token Service', signInOf(ports, click.person));
  if (held === tooLate) return text(problemAnswer({ kind: 'signInUnavailable' }));
  switch (held.kind) {
    case 'signedIn':
      return undefined;
    case 'missing':
      return await askToSignIn(ports, click, request);
    case 'problem':
      return text(problemAnswer(held.problem));
  }
}

async function askToSignIn(ports: ClickPorts, click: IncomingClick, request: Request): Promise<ClickAnswer> {
  await decide(ports.store, request.id, { type: 'signInAsked', by: click.person });
  return { kind: 'signIn' };
}

/** Work at Defender that takes long goes on; what comes of it shows on the card. */
async function waited(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
  work: Promise<OnActionResult<unknown>>,
): Promise<ClickAnswer> {
  const result = await inTime(ports.log, budget, 'Defender', work);
  return result === tooLate ? text(stillWaitingAnswer()) : await shown(ports, click, request, result);
}

/** A link is shown to the clicker alone, or not at all: one that comes too late is thrown away. */
async function linked(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
  work: Promise<OnActionResult<{ readonly link: PackageLink; readonly device: Device }>>,
): Promise<ClickAnswer> {
  const result = await inTime(ports.log, budget, 'Defender', work);
  if (result === tooLate) return text(linkTooLateAnswer());
  if (result.kind !== 'ok') return await shown(ports, click, request, result);
  return card(downloadLinkCard(request, result.value.device, result.value.link));
}

/** @returns the answer when what the client brought back was not taken */
async function takeSignIn(
  ports: ClickPorts,
  { signIn: brought, person }: IncomingClick,
  budget: Budget,
): Promise<ClickAnswer | undefined> {
  if (brought === undefined) return undefined;
  if (brought.by === 'code' && brought.code === 'CancelledByUser') return text(signInCancelledAnswer());
  const work = brought.by === 'token' ? takeToken(ports, person, brought.token) : takeCode(ports, person, brought.code);
  const result = await inTime(ports.log, budget, 'the Token Service', work);
  if (result === tooLate) return text(problemAnswer({ kind: 'signInUnavailable' }));
  switch (result.kind) {
    case 'signedIn':
    case 'repeated':
      return undefined;
    case 'failed':
      return brought.by === 'token' ? { kind: 'silentSignInFailed' } : { kind: 'wrongCode' };
    case 'problem':
      return text(problemAnswer(result.problem));
  }
}

async function apply(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  event: RequestEvent,
): Promise<ClickAnswer> {
  const changed = await decide(ports.store, request.id, event);
  if (changed === undefined) return text(unknownRequestAnswer());
  return changed.outcome.kind === 'changed'
    ? currentCard(ports, click, changed.request)
    : unchanged(ports, click, changed.outcome.why, changed.request);
}

/** An older card is answered with the current one; anything else with the reason, and the card stays. */
function unchanged(ports: ClickPorts, click: IncomingClick, why: Unchanged, request: Request): ClickAnswer {
  return why === 'olderRevision' ? currentCard(ports, click, request) : text(unchangedAnswer(why, request));
}

/** Said before anybody is asked to sign in; the transition decides the same again under its lock. */
function notTheirs(click: IncomingClick, request: Request, revision: number): Unchanged | undefined {
  if (!isSamePerson(click.person, request.requester)) return 'notForYou';
  if (request.state !== 'proposed') return 'notNow';
  return revision === request.revision ? undefined : 'olderRevision';
}

async function shown(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  result: OnActionResult<unknown>,
): Promise<ClickAnswer> {
  switch (result.kind) {
    case 'ok':
      return currentCard(ports, click, (await ports.store.find(request.id)) ?? request);
    case 'signIn':
      return await askToSignIn(ports, click, request);
    case 'problem':
      return text(problemAnswer(result.problem));
    case 'notNow':
      return unchanged(ports, click, 'notNow', request);
  }
}

/** Whether the card offers **Try again**: the request is over, or cannot be confirmed as it stands. */
function isOver(request: Request): boolean {
  switch (request.state) {
    case 'confirmed':
      return false;
    case 'proposed':
      return request.devices.some(({ sighting }) => sighting.step === 'problem');
    case 'done':
    case 'cancelled':
    case 'expired':
      return true;
  }
}

function isHere({ place }: Request, click: IncomingClick): boolean {
  return channelOf(place.conversation) === channelOf(click.place.conversation);
}

/** The answer to a post can be lost: a card that lives is then known only by the click on it. */
async function adopt({ posts }: ClickPorts, request: Request, { card: activity, place }: IncomingClick): Promise<void> {
  if (activity === undefined || (await posts.posted(request.id, 'card')) !== undefined) return;
  await posts.note(request.id, 'card', { conversation: place.conversation, activity, fingerprint: '' });
}

/** As the clicker may see it: the requester of a proposal sees more than the others. */
function currentCard({ cards }: ClickPorts, { person }: IncomingClick, request: Request): ClickAnswer {
  return card(cardFor(person, request, cards));
}

function card(shownCard: AdaptiveCard): ClickAnswer {
  return { kind: 'card', card: shownCard };
}

function text(answer: string): ClickAnswer {
  return { kind: 'text', text: answer };
}
