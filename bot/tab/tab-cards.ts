/** What the tab shows of one request or action, and what its buttons do: by the same code as a click in the chat. */

import { type CardAction, parseCardAction } from '../../cards/action.ts';
import { problemAnswer, unknownRequestAnswer, unreadableClickAnswer } from '../../cards/answers.ts';
import { cardsIn } from '../../cards/context.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { cardFor } from '../../cards/own-card.ts';
import { moreProofAnswer, notInTabAnswer, notShownAnswer } from '../../cards/tab-answers.ts';
import { inTab, tabReader, worksInTab } from '../../cards/tab-card.ts';
import type { CardId } from '../../cards/tab-card-id.ts';
import { maySee } from '../../src/app/list-visible.ts';
import type { Request } from '../../src/domain/request.ts';
import { Budget } from '../deadline.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from '../teams/click.ts';
import { actOnRequest } from '../teams/on-card-action.ts';
import { answerPrivately } from '../teams/private-answers.ts';
import { noteRefusal } from '../teams/refusals.ts';
import { takeToken } from '../teams/sign-in.ts';
import type { ListCache } from './list-cache.ts';
import type { Caller } from './tab-door.ts';
import { assertionsOf, incomingOf } from './tab-person.ts';
import type { CardAnswer, Pressed } from './wire.ts';

/** What cards in the tab need. */
export interface TabCardPorts extends Omit<ClickPorts, 'assertions'> {
  readonly cache: ListCache;
}

/** A page waits longer than a Teams client does; nobody longer than this. */
const patience = 15_000;

/** The ports with which the caller is asked for, and no link to the tab on cards that stand in it. */
export function portsAs(ports: TabCardPorts, caller: Caller): ClickPorts {
  const { tab: _here, ...cards } = ports.cards;
  return { ...ports, cards, assertions: assertionsOf(caller) };
}

/** Opens a row, or what a deep link names. */
export async function openCard(ports: TabCardPorts, caller: Caller, id: CardId): Promise<CardAnswer> {
  const as = portsAs(ports, caller);
  const cards = cardsIn(caller.language, as.cards);
  if (id.kind === 'action') {
    const answer = await answerPrivately(as, incomingOf(caller), { verb: 'showStatus', about: id.id, page: 0 });
    if (answer.kind === 'text') return { kind: 'text', text: answer.text };
    return answer.kind === 'card'
      ? shownCard(answer.card, 'other')
      : { kind: 'text', text: moreProofAnswer(cards.say) };
  }
  const request = await ports.store.find(id.id);
  if (request === undefined || !(await isShown(ports, as, caller, request))) {
    return { kind: 'text', text: notShownAnswer(cards.say) };
  }
  const { person } = incomingOf(caller, request);
  return shownCard(cardFor(person, request, cards), tabReader(person, request));
}

/** Does what a button says. */
export async function pressButton(ports: TabCardPorts, caller: Caller, { verb, data }: Pressed): Promise<CardAnswer> {
  const say = catalogueOf(caller.language);
  const action = parseCardAction(verb, data);
  if (action === undefined) return { kind: 'text', text: unreadableClickAnswer(say) };
  const as = portsAs(ports, caller);
  const request = await ports.store.find(action.request);
  if (request === undefined || !(await isShown(ports, as, caller, request))) {
    return { kind: 'text', text: unknownRequestAnswer(say) };
  }
  const click = { ...incomingOf(caller, request), verb, data, card: undefined, signIn: undefined };
  const reader = tabReader(click.person, request);
  if (!worksInTab(action.verb, reader)) return { kind: 'text', text: notInTabAnswer(say) };
  const answer = await actSignedIn(as, caller, click, action, request);
  if (answer.kind === 'text' && answer.refusal) await noteRefusal(ports, click, action.verb, answer.refusal);
  switch (answer.kind) {
    case 'card':
      return shownCard(answer.card, reader);
    case 'text':
      return { kind: 'text', text: answer.text };
    case 'signIn':
    case 'wrongCode':
    case 'silentSignInFailed':
      return { kind: 'text', text: moreProofAnswer(say) };
  }
}

/**
 * What goes on when the page is closed needs a sign-in at the Token Service. Teams' client would be asked for its token
 * and press once more; the page has brought that token along.
 */
async function actSignedIn(
  ports: ClickPorts,
  caller: Caller,
  click: IncomingClick,
  action: CardAction,
  request: Request,
): Promise<ClickAnswer> {
  const budget = new Budget(patience);
  const answer = await actOnRequest(ports, click, action, request, budget);
  if (answer.kind !== 'signIn' || answer.way !== 'silentFirst') return answer;
  const taken = await takeToken(ports, click.person, caller.assertion.reveal());
  switch (taken.kind) {
    case 'problem':
      return { kind: 'text', text: problemAnswer(catalogueOf(caller.language), taken.problem) };
    case 'failed':
      return answer;
    case 'signedIn':
    case 'repeated':
      return await actOnRequest(ports, click, action, (await ports.store.find(request.id)) ?? request, budget);
  }
}

async function isShown(ports: TabCardPorts, as: ClickPorts, caller: Caller, request: Request): Promise<boolean> {
  const { person } = incomingOf(caller, request);
  return await maySee(as, person, request, await ports.cache.last(person.oid));
}

function shownCard(card: Parameters<typeof inTab>[0], reader: Parameters<typeof inTab>[1]): CardAnswer {
  return { kind: 'card', card: { ...inTab(card, reader) } };
}
