import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { devicePage } from './device-words.ts';
import { problemWords } from './problem-words.ts';
import { wordOfAction } from './status.ts';
import { link, moment, strong, type Words, words } from './words.ts';

/** Where a collection stands, what that means, and what to do now: a line each. */
export function collectionWords(collection: Collection, requester: Person, context: CardContext): readonly Words[] {
  switch (collection.state) {
    case 'queued':
    case 'submitting':
    case 'awaitingSignIn':
      return unsentWords(collection, requester, context);
    case 'running':
    case 'unwatched':
      return goingOnWords(collection, requester);
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved':
      return endWords(collection, context);
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return neverSentWords(collection, requester);
  }
}

type In<State extends Collection['state']> = Extract<Collection, { readonly state: State }>;

function unsentWords(
  collection: In<'queued'> | In<'submitting'> | In<'awaitingSignIn'>,
  requester: Person,
  context: CardContext,
): readonly Words[] {
  switch (collection.state) {
    case 'queued':
      if (collection.delayedBy === undefined) return [words`The request is on its way to Defender.`];
      if (collection.delayedBy.kind === 'noBudget') return inTurn(collection.delayedBy);
      return [
        problemWords(collection.delayedBy).what,
        words`Nothing was sent. The bot tries again by itself, for up to an hour; nobody has to do anything.`,
      ];
    case 'submitting':
      if (collection.blockedSince !== undefined) {
        return [
          ...(collection.blockedBy === undefined ? [] : [problemWords(collection.blockedBy).what]),
          words`It was sent, but Defender’s answer got lost, and ${requester.name}’s sign-in has ended.`,
          words`${requester.name} has to sign in again, so that the bot can look whether it runs. It is not sent twice.`,
        ];
      }
      if (collection.saidAlreadyRunning) {
        return [words`Defender says that a collection is already running on this device. The bot is looking for it.`];
      }
      return [words`The request is on its way to Defender.`];
    case 'awaitingSignIn':
      return [
        ...(collection.problem === undefined ? [] : whySignIn(collection.problem, context)),
        words`${requester.name} has to sign in again before this can be sent. It waits until ${moment(collection.expiresAt)}, then goes on by itself after the sign-in.`,
      ];
  }
}

/** Everybody whose click found no call left has a turn, and the bot knows when it comes. */
function inTurn({ waitMs, until }: Extract<Problem, { readonly kind: 'noBudget' }>): readonly Words[] {
  return [
    words`Queued, about ${duration(waitMs)}: Defender allows only so many calls, and others were first.`,
    words`It is sent by itself at ${moment(until)}; nobody has to do anything.`,
  ];
}

/** Why a new sign-in is wanted; where only an administrator can help, with the address to send them. */
function whySignIn(problem: Problem, { consentUrl }: CardContext): readonly Words[] {
  const { what, next } = problemWords(problem);
  if (problem.kind !== 'consentMissing') return [what, next];
  return [
    what,
    words`Your tenant’s administrator can allow it; send them this link: ${link('Ask your administrator', consentUrl)}.`,
  ];
}

/** The words of a problem speak of the person who asked; of anybody else's sign-in the card says only that it ended. */
function whyLost({ problem, lastWatcher }: In<'unwatched'>, requester: Person): readonly Words[] {
  return problem === undefined || !isSamePerson(lastWatcher, requester) ? [] : [problemWords(problem).what];
}

function goingOnWords(collection: In<'running'> | In<'unwatched'>, requester: Person): readonly Words[] {
  switch (collection.state) {
    case 'running':
      return collection.action.status === 'Pending'
        ? [
            words`Defender has accepted it and waits for the device to answer. An offline device can take hours or days; the bot follows it for up to 3 days.`,
          ]
        : [words`The device is collecting. This usually takes 2 to 5 minutes.`];
    case 'unwatched':
      return [
        ...whyLost(collection, requester),
        words`The sign-in of ${collection.lastWatcher.name} has ended, so the bot cannot see how the collection goes on. In Defender it goes on.`,
        words`${requester.name} can ${strong('Sign in')}, or anybody who may see this device in Defender can ${strong('Keep following')}.`,
      ];
  }
}

function endWords(
  collection: In<'succeeded' | 'failed' | 'timedOut' | 'cancelled' | 'unresolved'>,
  { portal }: CardContext,
): readonly Words[] {
  const page = link('Open the device in Defender', devicePage(collection.device, portal));
  switch (collection.state) {
    case 'succeeded':
      return [
        words`The package is in Defender. ${strong('Get download link')} shows a link to you alone, if your own Defender role allows it.`,
      ];
    case 'failed':
      return [
        words`The device could not finish the collection; there is no package.`,
        words`A low battery or a metered connection can be the cause. ${page}, then press ${strong('Try again')}.`,
      ];
    case 'timedOut':
      return [
        words`The device did not answer in time; there is no package.`,
        words`Make sure that it is switched on and online, then press ${strong('Try again')}. ${page}.`,
      ];
    case 'cancelled':
      return [words`The collection was cancelled in Defender; there is no package.`];
    case 'unresolved':
      return [
        words`After 3 days Defender had still not said how it ended, so the bot has stopped following. It may still finish.`,
        words`Defender’s last word was ${strong(wordOfAction[collection.action.status])}. ${strong('Refresh')} asks it once more, as you; or see how it stands: ${page}.`,
      ];
  }
}

function neverSentWords(
  collection: In<'refused'> | In<'withdrawn'> | In<'expired'>,
  requester: Person,
): readonly Words[] {
  switch (collection.state) {
    case 'refused': {
      const { what, meaning, next } = problemWords(collection.problem);
      return [what, meaning, next];
    }
    case 'withdrawn':
      return [words`${requester.name} took it back before it was sent. Defender was not asked for anything.`];
    case 'expired':
      return [
        words`${requester.name} did not sign in again in time, so it was never sent. ${strong('Try again')} starts it anew.`,
      ];
  }
}
