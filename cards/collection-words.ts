import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { devicePage } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { problemWords } from './problem-words.ts';
import { moment, type Words } from './words.ts';

/** Where a collection stands, what that means, and what to do now: a line each. */
export function collectionWords(collection: Collection, requester: Person, context: CardContext): readonly Words[] {
  switch (collection.state) {
    case 'queued':
    case 'submitting':
    case 'awaitingSignIn':
      return unsentWords(collection, requester, context);
    case 'running':
    case 'unwatched':
      return goingOnWords(context.say, collection, requester);
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
      return endWords(collection, context);
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return neverSentWords(context.say, collection, requester);
  }
}

type In<State extends Collection['state']> = Extract<Collection, { readonly state: State }>;

function unsentWords(
  collection: In<'queued'> | In<'submitting'> | In<'awaitingSignIn'>,
  requester: Person,
  context: CardContext,
): readonly Words[] {
  const { say } = context;
  const said = say.collection;
  switch (collection.state) {
    case 'queued':
      if (collection.delayedBy === undefined) return [said.onItsWay];
      if (collection.delayedBy.kind === 'noBudget') return inTurn(say, collection.delayedBy);
      return [problemWords(say, collection.delayedBy).what, said.retriesItself];
    case 'submitting':
      if (collection.blockedSince !== undefined) {
        return [
          ...(collection.blockedBy === undefined ? [] : [problemWords(say, collection.blockedBy).what]),
          said.answerLost(requester.name),
          said.signInToLook(requester.name),
        ];
      }
      return [collection.saidAlreadyRunning ? said.alreadyRunning : said.onItsWay];
    case 'awaitingSignIn':
      return [
        ...(collection.problem === undefined ? [] : whySignIn(collection.problem, context)),
        said.signInToSend(requester.name, moment(collection.expiresAt)),
      ];
  }
}

/** Everybody whose click found no call left has a turn, and the bot knows when it comes. */
function inTurn(say: Catalogue, { waitMs, until }: Extract<Problem, { readonly kind: 'noBudget' }>): readonly Words[] {
  return [say.collection.queuedFor(duration(say, waitMs)), say.collection.sentByItself(moment(until))];
}

/** Why a new sign-in is wanted; where only an administrator can help, with the address to send them. */
function whySignIn(problem: Problem, { consentUrl, say }: CardContext): readonly Words[] {
  const { what, next } = problemWords(say, problem);
  return [what, problem.kind === 'consentMissing' ? say.collection.sendAdministrator(consentUrl) : next];
}

/** The words of a problem speak of the person who asked; of anybody else's sign-in the card says only that it ended. */
function whyLost(say: Catalogue, { problem, lastWatcher }: In<'unwatched'>, requester: Person): readonly Words[] {
  return problem === undefined || !isSamePerson(lastWatcher, requester) ? [] : [problemWords(say, problem).what];
}

function goingOnWords(
  say: Catalogue,
  collection: In<'running'> | In<'unwatched'>,
  requester: Person,
): readonly Words[] {
  const said = say.collection;
  switch (collection.state) {
    case 'running':
      return [collection.action.status === 'Pending' ? said.accepted : said.collecting];
    case 'unwatched':
      return [
        ...whyLost(say, collection, requester),
        said.unwatched(collection.lastWatcher.name),
        said.watchAgain(requester.name),
      ];
  }
}

function endWords(
  collection: In<'succeeded' | 'failed' | 'timedOut' | 'cancelled' | 'unresolved'>,
  { portal, say }: CardContext,
): readonly Words[] {
  const said = say.collection;
  const page = said.openDevice(devicePage(collection.device, portal));
  switch (collection.state) {
    case 'succeeded':
      return [said.ready];
    case 'failed':
      return [said.failed, said.whyFailed(page)];
    case 'timedOut':
      return [said.timedOut, said.whyTimedOut(page)];
    case 'cancelled':
      return [said.cancelled];
    case 'unresolved':
      return [said.unresolved, said.lastWord(say.status.ofAction[collection.action.status], page)];
  }
}

function neverSentWords(
  say: Catalogue,
  collection: In<'refused'> | In<'withdrawn'> | In<'expired'>,
  requester: Person,
): readonly Words[] {
  switch (collection.state) {
    case 'refused': {
      const { what, meaning, next } = problemWords(say, collection.problem);
      return [what, meaning, next];
    }
    case 'withdrawn':
      return [say.collection.withdrawn(requester.name)];
    case 'expired':
      return [say.collection.expired(requester.name)];
  }
}
