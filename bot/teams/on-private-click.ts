/** A click on a button of a private answer: a page of a list, a choice, or a cancellation. */

import { catalogueOf } from '../../cards/language/catalogue.ts';
import { listTooLateAnswer, otherSignInAnswer } from '../../cards/list-answers.ts';
import type { PrivateAction } from '../../cards/private-action.ts';
import { type Problem, stillRefused, wantsProof } from '../../src/domain/problem.ts';
import type { Budget } from '../deadline.ts';
import type { ClickAnswer, IncomingClick } from './click.ts';
import { inTime, tooLate } from './in-time.ts';
import { answerPrivately, type PrivatePorts } from './private-answers.ts';
import { problemText } from './refusals.ts';
import type { SignInPorts } from './sign-in.ts';
import { type OfferPosterPorts, offerSignInPrivately } from './sign-in-offers.ts';

/** What handling such a click needs. */
export interface PrivateClickPorts extends PrivatePorts, SignInPorts, OfferPosterPorts {}

/** Answers within the budget of a click. */
export async function onPrivateClick(
  ports: PrivateClickPorts,
  click: IncomingClick,
  action: PrivateAction,
  budget: Budget,
): Promise<ClickAnswer> {
  const answer = await inTime(ports.log, budget, 'Defender', answerPrivately(ports, click, action));
  if (answer === tooLate) return { kind: 'text', text: listTooLateAnswer(catalogueOf(click.language)) };
  return answer.kind === 'signIn' ? await askToSignIn(ports, click, answer.problem) : answer;
}

/** A client may drop a login request without a word: whoever presses again soon gets a sign-in that needs no card. */
async function askToSignIn(
  ports: PrivateClickPorts,
  click: IncomingClick,
  problem: Problem | undefined,
): Promise<ClickAnswer> {
  const { person, place, card, language } = click;
  const say = catalogueOf(language);
  if (wantsProof(problem) && click.signIn?.by === 'code') return problemText(say, stillRefused(problem));
  const isFirst = await ports.exchanges.firstTime(`asked:${person.oid}:${card ?? place.conversation}`);
  if (isFirst || click.signIn !== undefined) {
    return { kind: 'signIn', way: wantsProof(problem) ? 'inWindow' : 'silentFirst' };
  }
  await offerSignInPrivately(ports, say, person, place.conversation);
  return { kind: 'text', text: otherSignInAnswer(say) };
}
