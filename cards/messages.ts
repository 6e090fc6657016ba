/** Messages beside the card: they notify the requester, which an edited card does not. */
import type { Notice } from '../src/domain/notice.ts';
import type { Collection, Done, FinalCollection } from '../src/domain/request.ts';
import { cancellationWords } from './cancellation-words.ts';
import { type ChatMessage, chatMessage } from './chat-message.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { deviceName } from './device-words.ts';
import { collectExample } from './examples.ts';
import { isJoined } from './ownership-words.ts';
import { placeWords } from './place-words.ts';
import { problemWords } from './problem-words.ts';
import { statusOfCollection, statusWords } from './status.ts';
import { code, inOneLine, mention, strong, type Words, words } from './words.ts';

/** The message that a notice posts into the thread of the card. */
export function noticeMessage(notice: Notice): ChatMessage {
  const [first, ...lines] = noticeLines(notice, 'underTheCard');
  const opening = words`${mention(notice.request.requester)}`;
  return first === undefined ? chatMessage(opening) : chatMessage(words`${opening} ${first}`, ...lines);
}

/** The same in 1:1, for when the bot is no longer in the conversation: it says where it came from. */
export function removedBotMessage(notice: Notice, context: Pick<CardContext, 'teams'>): ChatMessage {
  const { place, reason } = notice.request;
  const from = words`You asked for this ${placeWords(place, context)}, where I can no longer post: “${reason}”.`;
  return chatMessage(from, ...noticeLines(notice, 'alone'));
}

/** Whether the card stands above the message, so that its buttons can be pointed at. */
type Where = 'underTheCard' | 'alone';

function noticeLines(notice: Notice, where: Where): readonly Words[] {
  if (notice.key === 'closing') return closingLines(notice.request, where);
  const collections = notice.request.state === 'confirmed' ? notice.request.collections : [];
  if (!notice.key.startsWith('signIn:')) {
    const names = listed(collections.filter(({ state }) => state === 'unwatched'));
    const what = words`Your sign-in has ended, so I can no longer follow the collection of ${names}. In Defender it goes on.`;
    return [inOneLine(what, goOn(where))];
  }
  const unsent = collections.filter(({ state }) => state === 'awaitingSignIn');
  const unclear = collections.filter((each) => each.state === 'submitting' && each.blockedSince !== undefined);
  return [
    ...(unsent.length === 0 ? [] : [words`Your sign-in ended before the collection of ${listed(unsent)} was sent.`]),
    ...(unclear.length === 0
      ? []
      : [words`Your sign-in ended before I could see whether the collection of ${listed(unclear)} runs.`]),
    goOn(where),
  ];
}

function goOn(where: Where): Words {
  switch (where) {
    case 'underTheCard':
      return words`Press ${strong('Sign in')} on the card above; the rest goes by itself.`;
    case 'alone':
      return words`Sign in here (the next ${code('/collect')} asks you to); the rest goes by itself.`;
  }
}

function closingLines({ collections }: Done, where: Where): readonly Words[] {
  const [first, ...more] = collections.map((each) => endLine(each, where));
  if (first === undefined || more.length === 0) return first === undefined ? [] : [first];
  const good = collections.filter(({ state }) => state === 'succeeded').length;
  return [words`${good} of ${collections.length} packages were collected.`, first, ...more];
}

/** Device, final status, how long it took, and what follows from it. */
function endLine(collection: FinalCollection, where: Where): Words {
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

function again(where: Where): Words {
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

function listed(collections: readonly Collection[]): Words {
  return words`${collections.map(({ device }) => deviceName(device)).join(', ')}`;
}
