/** What the closing message says. */
import type { Done, FinalCollection } from '../src/domain/request.ts';
import { offersRetry } from '../src/domain/retry.ts';
import { cancellationWords } from './cancellation-words.ts';
import { clipped } from './clipped.ts';
import { duration } from './dates.ts';
import { deviceName } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { isJoined } from './ownership-words.ts';
import { problemWords } from './problem-words.ts';
import { namingRetry } from './retry-words.ts';
import { statusOfCollection, statusWords } from './status.ts';
import { inOneLine, strong, type Words, words } from './words.ts';

/** Whether the card stands above the message, so that its buttons can be pointed at. */
export type Where = 'underTheCard' | 'alone';

/** Of so many devices each has its line; of more those that ended alike share one. */
const mostOwnLines = 5;
/** So many names tell whoever reads it which ones; the card has all of them. */
const mostNames = 10;

/** How each collection of a request ended, and the way on. */
export function closingLines(say: Catalogue, request: Done, where: Where): readonly Words[] {
  const { collections } = request;
  const [first, ...more] = collections;
  if (first === undefined) return [];
  if (more.length === 0) return [endLine(say, first, where)];
  const good = collections.filter(({ state }) => state === 'succeeded').length;
  const sum = say.closing.collected(good, collections.length);
  if (collections.length <= mostOwnLines) {
    return [sum, ...collections.map((each) => namingRetry(say, endLine(say, each, where)))];
  }
  return [sum, ...alikeLines(say, collections), ...wayOn(say, request, where)];
}

function alikeLines(say: Catalogue, collections: readonly FinalCollection[]): readonly Words[] {
  const alike = new Map<string, FinalCollection[]>();
  for (const each of collections) {
    const { word } = statusOfCollection(say, each);
    alike.set(word, [...(alike.get(word) ?? []), each]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.slice(0, mostNames).map(({ device }) => clipped(deviceName(device), longestName));
    const more = group.length - names.length;
    const all = more > 0 ? say.closing.andMore(names.join(', '), more) : words`${names.join(', ')}`;
    return [words`${statusWords(statusOfCollection(say, first))} (${group.length}): ${all}`];
  });
}

const longestName = 60;

function wayOn(say: Catalogue, request: Done, where: Where): readonly Words[] {
  if (where === 'alone') return offersRetry(request) ? [again(say, where)] : [];
  const hasPackage = request.collections.some(({ state }) => state === 'succeeded');
  return [
    ...(hasPackage ? [say.closing.linkIsAbove] : []),
    ...(offersRetry(request) ? [say.closing.retryIsAbove] : []),
  ];
}

/** Device, final status, how long it took, and what follows from it. */
export function endLine(say: Catalogue, collection: FinalCollection, where: Where): Words {
  const status = statusWords(statusOfCollection(say, collection));
  const line = words`${strong(deviceName(collection.device))}: ${status}${endWords(say, collection, where)}`;
  const stop = cancellationWords(say, collection);
  return stop === undefined ? line : inOneLine(line, stop);
}

function endWords(say: Catalogue, collection: FinalCollection, where: Where): Words {
  const { closing } = say;
  switch (collection.state) {
    case 'succeeded':
      return after(say, collection, where === 'underTheCard' ? closing.linkIsAbove : closing.inDefender);
    case 'failed':
    case 'timedOut':
      return after(say, collection, closing.noPackage, again(say, where));
    case 'cancelled':
      return after(say, collection, closing.noPackage);
    case 'unresolved':
      return after(say, collection, closing.stoppedFollowing);
    case 'refused': {
      const { what, next } = problemWords(say, collection.problem);
      return inOneLine(words`. ${what}`, where === 'underTheCard' ? next : again(say, where));
    }
    case 'withdrawn':
      return words`. ${closing.nothingSent}`;
    case 'expired':
      return inOneLine(closing.nobodySignedIn, again(say, where));
  }
}

/** Where **Try again** is. */
export function again({ closing }: Catalogue, where: Where): Words {
  switch (where) {
    case 'underTheCard':
      return closing.tryAgainIsAbove;
    case 'alone':
      return closing.sendAgain;
  }
}

type WithAction = Extract<FinalCollection, { readonly action: unknown }>;

function after(say: Catalogue, collection: WithAction, ...more: readonly Words[]): Words {
  return inOneLine(say.closing.after(took(say, collection)), ...more);
}

function took(say: Catalogue, collection: WithAction): Words {
  const { finishedAt, sentAt } = collection;
  const length = duration(say, finishedAt - sentAt);
  return isJoined(collection) ? say.closing.followedFor(length) : words`${length}`;
}
