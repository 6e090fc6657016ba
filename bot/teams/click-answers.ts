/** The answers that clicks have in common. All of them are for the clicker alone. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { problemAnswer, unchangedAnswer, unknownRequestAnswer } from '../../cards/answers.ts';
import { approvalCard } from '../../cards/approval-card.ts';
import { cardsIn } from '../../cards/context.ts';
import { stillWaitingAnswer } from '../../cards/edge-answers.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { cardFor } from '../../cards/own-card.ts';
import { decide } from '../../src/app/decide.ts';
import type { OnActionResult } from '../../src/app/on-action.ts';
import { type Problem, stillRefused, wantsProof } from '../../src/domain/problem.ts';
import type { Request } from '../../src/domain/request.ts';
import { needsWindow } from '../../src/domain/sign-in-window.ts';
import type { RequestEvent, Unchanged } from '../../src/domain/transition.ts';
import type { Changed } from '../../src/ports.ts';
import type { Budget } from '../deadline.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { clickPlace } from './click-place.ts';
import { inTime, tooLate } from './in-time.ts';
import { problemText } from './refusals.ts';
import { signInOf } from './sign-in.ts';

/** @returns the answer to somebody without a sign-in; undefined when they have one */
export async function needsSignIn(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer | undefined> {
  const held = await inTime(ports.log, budget, 'the Token Service', signInOf(ports, click.person));
  if (held === tooLate) return text(problemAnswer(catalogueOf(click.language), { kind: 'signInUnavailable' }));
  switch (held.kind) {
    case 'signedIn':
      return undefined;
    case 'missing':
      return await askToSignIn(ports, click, request);
    case 'problem':
      return text(problemAnswer(catalogueOf(click.language), held.problem));
  }
}

/**
 * A client may drop the login request without a word: then a way that needs no card follows. Whoever comes out of the
 * sign-in window with the same refusal is told it: another window would not help.
 */
export async function askToSignIn(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  problem?: Problem,
): Promise<ClickAnswer> {
  if (wantsProof(problem) && click.signIn?.by === 'code')
    return problemText(catalogueOf(click.language), stillRefused(problem), request.id);
  await decide(ports.store, request.id, { type: 'signInAsked', by: click.person });
  const inWindow = wantsProof(problem) || needsWindow(request, click.person);
  return { kind: 'signIn', way: inWindow ? 'inWindow' : 'silentFirst' };
}

/** Work at Defender that takes long goes on; what comes of it shows on the card. */
export async function waited(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
  work: Promise<OnActionResult<unknown>>,
): Promise<ClickAnswer> {
  const result = await inTime(ports.log, budget, 'Defender', work);
  return result === tooLate
    ? text(stillWaitingAnswer(catalogueOf(click.language)))
    : await shown(ports, click, request, result);
}

/** What came of work at Defender. */
export async function shown(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  result: OnActionResult<unknown>,
): Promise<ClickAnswer> {
  switch (result.kind) {
    case 'ok':
      return currentCard(ports, click, (await ports.store.find(request.id)) ?? request);
    case 'signIn':
      return await askToSignIn(ports, click, request, result.problem);
    case 'problem':
      return problemText(catalogueOf(click.language), result.problem, request.id);
    case 'notNow':
      return unchanged(ports, click, 'notNow', request);
  }
}

/** Applies what was clicked, and shows what came of it. */
export async function apply(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  event: RequestEvent,
): Promise<ClickAnswer> {
  return outcomeAnswer(ports, click, await decide(ports.store, request.id, event));
}

/** What came of a change. */
export function outcomeAnswer(ports: ClickPorts, click: IncomingClick, changed: Changed | undefined): ClickAnswer {
  if (changed === undefined) return text(unknownRequestAnswer(catalogueOf(click.language)));
  return changed.outcome.kind === 'changed'
    ? currentCard(ports, click, changed.request)
    : unchanged(ports, click, changed.outcome.why, changed.request);
}

/** An older card is answered with the current one; anything else with the reason, and the card stays. */
export function unchanged(ports: ClickPorts, click: IncomingClick, why: Unchanged, request: Request): ClickAnswer {
  if (why === 'olderRevision') return currentCard(ports, click, request);
  const answer = { kind: 'text', text: unchangedAnswer(catalogueOf(click.language), why, request) } as const;
  return why === 'notForYou' || why === 'needsAnother' ? { ...answer, refusal: { why, request: request.id } } : answer;
}

/** As the clicker may see it: the requester of a proposal sees more than the others, and what each may press differs. */
export function currentCard(ports: ClickPorts, click: IncomingClick, request: Request): ClickAnswer {
  const cards = cardsIn(click.language, ports.cards);
  if (clickPlace(request, click) === 'approvals') return card(approvalCard(request, cards));
  return card(cardFor(click.person, request, cards, ports.clock()));
}

/** A card in place of the present one. */
export function card(shownCard: AdaptiveCard): ClickAnswer {
  return { kind: 'card', card: shownCard };
}

/** A line beside the card, which stays. */
export function text(answer: string): ClickAnswer {
  return { kind: 'text', text: answer };
}
