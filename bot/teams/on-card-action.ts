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
import type { CardContext } from '../../cards/context.ts';
import { downloadLinkCard } from '../../cards/download-link-card.ts';
import { cancelCollectionForm, editReasonForm } from '../../cards/forms.ts';
import { requestCard } from '../../cards/request-card.ts';
import { defenderAccess } from '../../src/app/access.ts';
import { decide } from '../../src/app/decide.ts';
import {
  cancelCollections,
  downloadLink,
  type OnActionPorts,
  type OnActionResult,
  refresh,
} from '../../src/app/on-action.ts';
import { tryAgain } from '../../src/app/try-again.ts';
import { newCollectionId, newCollectionRef } from '../../src/domain/ids.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import { parseReason } from '../../src/domain/reason.ts';
import type { Request } from '../../src/domain/request.ts';
import type { RequestEvent, Unchanged } from '../../src/domain/transition.ts';
import type { PostStore } from '../../src/ports.ts';
import { channelOf, type Incoming } from './incoming.ts';
import { type SignInPorts, takeCode, takeToken } from './sign-in.ts';

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
export interface ClickPorts extends SignInPorts, OnActionPorts {
  readonly posts: PostStore;
  readonly proposalTtlMs: number;
  readonly cards: CardContext;
}

/** Handles a click; safe to repeat, since Teams sends an invoke again that was not answered in time. */
export async function onCardAction(ports: ClickPorts, click: IncomingClick): Promise<ClickAnswer> {
  if (click.person.tenant !== ports.app.tenant) return text(otherTenantAnswer());
  const action = parseCardAction(click.verb, click.data);
  if (action === undefined) return text(unreadableClickAnswer());
  const request = await ports.store.find(action.request);
  // A card of another conversation is none of this one's business, and must not show here.
  if (request === undefined || !isHere(request, click)) return text(unknownRequestAnswer());
  await adopt(ports, request, click);
  const refused = await takeSignIn(ports, click);
  return refused ?? (await act(ports, click, action, request));
}

async function act(
  ports: ClickPorts,
  click: IncomingClick,
  action: CardAction,
  request: Request,
): Promise<ClickAnswer> {
  const by = { by: click.person, revision: action.revision };
  switch (action.verb) {
    case 'signIn':
      return await signIn(ports, click, request);
    case 'collect': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, early, request);
      if (!(await isSignedIn(ports, click))) return await askToSignIn(ports, click, request);
      const count = request.state === 'proposed' ? request.devices.length : 0;
      const names = Array.from({ length: count }, () => ({ id: newCollectionId(), ref: newCollectionRef() }));
      return await apply(ports, request, { type: 'confirmed', click: by, names });
    }
    case 'cancel':
      return await apply(ports, request, { type: 'cancelled', click: by });
    case 'edit': {
      const early = notTheirs(click, request, action.revision);
      if (early !== undefined) return unchanged(ports, early, request);
      return request.state === 'proposed' ? card(editReasonForm(request)) : unchanged(ports, 'notNow', request);
    }
    case 'saveReason': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(check));
      return await apply(ports, request, { type: 'reasonEdited', click: by, reason: check.reason });
    }
    case 'showCard':
      return currentCard(ports, request);
    case 'refresh':
      return await shown(ports, click, request, await refresh(ports, request, click.person));
    case 'keepFollowing':
      if (!(await isSignedIn(ports, click))) return await askToSignIn(ports, click, request);
      return await apply(ports, request, { type: 'keptFollowing', by: click.person });
    case 'askCancelCollection':
      return request.state === 'confirmed' ? card(cancelCollectionForm(request)) : unchanged(ports, 'notNow', request);
    case 'cancelCollection': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(check));
      return await shown(ports, click, request, await cancelCollections(ports, request, click.person, check.reason));
    }
    case 'downloadLink': {
      const result = await downloadLink(ports, request, action.collection, click.person);
      if (result.kind !== 'ok') return await shown(ports, click, request, result);
      return card(downloadLinkCard(request, result.value.collection, result.value.link));
    }
    case 'tryAgain':
      return (await tryAgain(ports, request, click.person)) === undefined
        ? unchanged(ports, 'nothingNew', request)
        : currentCard(ports, request);
  }
}

/** Signing in is for whoever clicks: the requester's own request goes on, another's card stays as it is. */
async function signIn(ports: ClickPorts, click: IncomingClick, request: Request): Promise<ClickAnswer> {
  if (!(await isSignedIn(ports, click))) return await askToSignIn(ports, click, request);
  const changed = await decide(ports.store, request.id, { type: 'signedIn', by: click.person });
  return currentCard(ports, changed?.request ?? request);
}

async function askToSignIn(ports: ClickPorts, click: IncomingClick, request: Request): Promise<ClickAnswer> {
  await decide(ports.store, request.id, { type: 'signInAsked', by: click.person });
  return { kind: 'signIn' };
}

/** Whether we could act as the clicker; a problem other than a missing sign-in shows up when it is done. */
async function isSignedIn(ports: ClickPorts, click: IncomingClick): Promise<boolean> {
  const access = await defenderAccess(ports, click.person);
  return access.kind !== 'signIn';
}

/** @returns the answer when what the client brought back was not taken */
async function takeSignIn(
  ports: ClickPorts,
  { signIn: brought, person }: IncomingClick,
): Promise<ClickAnswer | undefined> {
  if (brought === undefined) return undefined;
  if (brought.by === 'code' && brought.code === 'CancelledByUser') return text(signInCancelledAnswer());
  const result =
    brought.by === 'token'
      ? await takeToken(ports, person, brought.token)
      : await takeCode(ports, person, brought.code);
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

async function apply(ports: ClickPorts, request: Request, event: RequestEvent): Promise<ClickAnswer> {
  const changed = await decide(ports.store, request.id, event);
  if (changed === undefined) return text(unknownRequestAnswer());
  return changed.outcome.kind === 'changed'
    ? currentCard(ports, changed.request)
    : unchanged(ports, changed.outcome.why, changed.request);
}

/** An older card is answered with the current one; anything else with the reason, and the card stays. */
function unchanged(ports: ClickPorts, why: Unchanged, request: Request): ClickAnswer {
  return why === 'olderRevision' ? currentCard(ports, request) : text(unchangedAnswer(why, request));
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
      return currentCard(ports, (await ports.store.find(request.id)) ?? request);
    case 'signIn':
      return await askToSignIn(ports, click, request);
    case 'problem':
      return text(problemAnswer(result.problem));
    case 'notNow':
      return unchanged(ports, 'notNow', request);
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

function currentCard(ports: ClickPorts, request: Request): ClickAnswer {
  return card(requestCard(request, ports.cards));
}

function card(shownCard: AdaptiveCard): ClickAnswer {
  return { kind: 'card', card: shownCard };
}

function text(answer: string): ClickAnswer {
  return { kind: 'text', text: answer };
}
