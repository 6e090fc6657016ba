/** What the closing message says. */
import type { Done, FinalCollection } from '../src/domain/request.ts';
import { offersRetry } from '../src/domain/retry.ts';
import { cancellationWords } from './cancellation-words.ts';
import { clipped } from './clipped.ts';
import { duration } from './dates.ts';
import { deviceName } from './device-words.ts';
import { collectExample } from './examples.ts';
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
export function closingLines(request: Done, where: Where): readonly Words[] {
  const { collections } = request;
  const [first, ...more] = collections;
  if (first === undefined) return [];
  if (more.length === 0) return [endLine(first, where)];
  const good = collections.filter(({ state }) => state === 'succeeded').length;
  const sum = words`${good} of ${collections.length} packages were collected.`;
  if (collections.length <= mostOwnLines) {
    return [sum, ...collections.map((each) => namingRetry(endLine(each, where)))];
  }
  return [sum, ...alikeLines(collections), ...wayOn(request, where)];
}

function alikeLines(collections: readonly FinalCollection[]): readonly Words[] {
  const alike = new Map<string, FinalCollection[]>();
  for (const each of collections) {
    const { word } = statusOfCollection(each);
    alike.set(word, [...(alike.get(word) ?? []), each]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.slice(0, mostNames).map(({ device }) => clipped(deviceName(device), longestName));
    const more = group.length - names.length;
    const all = more > 0 ? words`${names.join(', ')} and ${more} more` : words`${names.join(', ')}`;
    return [words`${statusWords(statusOfCollection(first))} (${group.length}): ${all}`];
  });
}

const longestName = 60;

function wayOn(request: Done, where: Where): readonly Words[] {
  if (where === 'alone') return offersRetry(request) ? [again(where)] : [];
  const hasPackage = request.collections.some(({ state }) => state === 'succeeded');
  return [
    ...(hasPackage ? [words`${strong('Get download link')} is on the card above.`] : []),
    ...(offersRetry(request) ? [words`${strong('Retry failed')} on the card above does only those that failed.`] : []),
  ];
}

/** Device, final status, how long it took, and what follows from it. */
export function endLine(collection: FinalCollection, where: Where): Words {
  const status = statusWords(statusOfCollection(collection));
  const line = words`${strong(deviceName(collection.device))}: ${status}${endWords(collection, where)}`;
  const stop = cancellationWords(collection);
  return stop === undefined ? line : inOneLine(line, stop);
}

function endWords(collection: FinalCollection, where: Where): Words {
  switch (collection.state) {
    case 'succeeded':
      return where === 'underTheCard'
        ? words` after ${took(collection)}. ${strong('Get download link')} is on the card above.`
        : words` after ${took(collection)}. The package is in Defender.`;
    case 'failed':
    case 'timedOut':
      return inOneLine(words` after ${took(collection)}. There is no package.`, again(where));
    case 'cancelled':
      return words` after ${took(collection)}. There is no package.`;
    case 'unresolved':
      return words` after ${took(collection)}. I have stopped following; look in Defender for how it ended.`;
    case 'refused': {
      const { what, next } = problemWords(collection.problem);
      return inOneLine(words`. ${what}`, where === 'underTheCard' ? next : again(where));
    }
    case 'withdrawn':
      return words`. Nothing was sent.`;
    case 'expired':
      return inOneLine(words`, because nobody signed in in time. Nothing was sent.`, again(where));
  }
}

/** Where **Try again** is. */
export function again(where: Where): Words {
  switch (where) {
    case 'underTheCard':
      return words`${strong('Try again')} is on the card above.`;
    case 'alone':
      return words`To try again, send the command here: ${collectExample}`;
  }
}

function took(collection: Extract<FinalCollection, { readonly action: unknown }>): Words {
  const { finishedAt, sentAt } = collection;
  const length = duration(finishedAt - sentAt);
  return isJoined(collection) ? words`${length} of following a collection that was already running` : words`${length}`;
}
