/** Lists and cancellations: the same wish, typed or clicked, gets the same answer, for one person alone. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { cancelAskedAnswer, nothingToShowAnswer, reasonFaultAnswer } from '../../cards/answers.ts';
import { cancelOthersCard } from '../../cards/cancel-card.ts';
import { type CardContext, type CardSettings, cardsIn } from '../../cards/context.ts';
import {
  aboutFaultAnswer,
  unknownActionAnswer,
  unknownDeviceAnswer,
  unknownNameAnswer,
} from '../../cards/list-answers.ts';
import { deviceChoiceCard, listCard } from '../../cards/list-card.ts';
import type { CancelAction, ListAction, PrivateAction } from '../../cards/private-action.ts';
import { cancelAction } from '../../src/app/cancel.ts';
import { type ListResult, listAbout, listOwnHistory } from '../../src/app/list-collections.ts';
import { type OwnStatusPorts, ownStatus } from '../../src/app/own-status.ts';
import { parseAbout } from '../../src/domain/listing.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { parseReason } from '../../src/domain/reason.ts';
import type { Incoming } from './incoming.ts';
import { problemText, type TextAnswer } from './refusals.ts';

/** What answering needs. */
export interface PrivatePorts extends OwnStatusPorts {
  readonly cards: CardSettings;
}

/** The answer, for the eyes of the one who asked. */
export type PrivateAnswer =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | TextAnswer
  /** They have to sign in first. A card that comes along shows what can be shown without. */
  | { readonly kind: 'signIn'; readonly problem?: Problem; readonly meanwhile?: AdaptiveCard };

/** Does what the person wants, as them. */
export async function answerPrivately(
  ports: PrivatePorts,
  { person, language }: Pick<Incoming, 'person' | 'language'>,
  action: PrivateAction,
): Promise<PrivateAnswer> {
  const cards = cardsIn(language, ports.cards);
  switch (action.verb) {
    case 'showStatus':
    case 'showHistory':
      return await list(ports, cards, person, action);
    case 'cancelAction':
    case 'cancelOthersAction':
      return await cancel(ports, cards, person, action);
  }
}

async function list(
  ports: PrivatePorts,
  cards: CardContext,
  person: Person,
  asked: ListAction,
): Promise<PrivateAnswer> {
  const about = parseAbout(asked.about);
  if (about === undefined) return text(aboutFaultAnswer(cards.say, asked.about));
  if (about.by !== 'own') {
    const extent = asked.verb === 'showStatus' ? 'status' : 'history';
    return answerOf(cards, asked, await listAbout(ports, person, about, extent, asked.page));
  }
  if (asked.verb === 'showHistory') return answerOf(cards, asked, await listOwnHistory(ports, person, asked.page));
  const page = await ownStatus(ports, person, asked.page);
  const isEmpty = page.rows.length === 0;
  const card = listCard(asked, page, cards);
  if (page.lastKnown?.why === 'signIn') {
    const { problem } = page.lastKnown;
    return {
      kind: 'signIn',
      ...(isEmpty ? {} : { meanwhile: card }),
      ...(problem === undefined ? {} : { problem }),
    };
  }
  return isEmpty && page.lastKnown === undefined ? text(nothingToShowAnswer(cards.say)) : { kind: 'card', card };
}

function answerOf(cards: CardContext, asked: ListAction, result: ListResult): PrivateAnswer {
  const { say } = cards;
  switch (result.kind) {
    case 'page':
      return { kind: 'card', card: listCard(asked, result.page, cards) };
    case 'choice':
      return { kind: 'card', card: deviceChoiceCard(say, asked, result.match, result.devices) };
    case 'unknownDevice':
      return text(unknownDeviceAnswer(say, asked));
    case 'unknownAction':
      return text(unknownActionAnswer(say));
    case 'unknownName':
      return text(unknownNameAnswer(say));
    case 'signIn':
      return result;
    case 'problem':
      return problemText(say, result.problem);
  }
}

async function cancel(
  ports: PrivatePorts,
  { say }: CardContext,
  person: Person,
  asked: CancelAction,
): Promise<PrivateAnswer> {
  const check = parseReason(asked.why);
  if (!check.ok) return text(reasonFaultAnswer(say, check));
  const isSure = asked.verb === 'cancelOthersAction';
  const result = await cancelAction(ports, { action: asked.action, reason: check.reason, isSure }, person);
  switch (result.kind) {
    case 'asked':
    case 'ended':
      return text(cancelAskedAnswer(say, result.action));
    case 'others':
      return { kind: 'card', card: cancelOthersCard(say, asked, result.action) };
    case 'unknownAction':
      return text(unknownActionAnswer(say));
    case 'signIn':
      return result;
    case 'problem':
      return problemText(say, result.problem);
  }
}

function text(answer: string): PrivateAnswer {
  return { kind: 'text', text: answer };
}
