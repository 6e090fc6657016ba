/** Messages beside the card: they notify the requester, which an edited card does not. */
import { endedLate, isForApprovers, type Notice, type RequesterNotice } from '../src/domain/notice.ts';
import {
  type Collection,
  collectionsOf,
  type Done,
  type FinalCollection,
  type Request,
} from '../src/domain/request.ts';
import { cancellationWords } from './cancellation-words.ts';
import { type ChatMessage, chatMessage } from './chat-message.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { deviceName } from './device-words.ts';
import { collectExample, statusExample } from './examples.ts';
import { isJoined } from './ownership-words.ts';
import { placeWords } from './place-words.ts';
import { problemWords } from './problem-words.ts';
import { statusOfCollection, statusWords } from './status.ts';
import { code, inOneLine, mention, strong, type Words, words } from './words.ts';

/** The message that a notice posts into the thread of the card. */
export function noticeMessage(notice: RequesterNotice): ChatMessage {
  const [first, ...lines] = noticeLines(notice, 'underTheCard');
  const opening = words`${mention(notice.request.requester)}`;
  return first === undefined ? chatMessage(opening) : chatMessage(words`${opening} ${first}`, ...lines);
}

/** The same in 1:1, for when the bot is no longer in the conversation: it says where it came from. */
export function removedBotMessage(notice: Notice, context: Pick<CardContext, 'teams'>): ChatMessage {
  const { place, reason } = notice.request;
  const from = words`You asked for this ${placeWords(place, context)}, where I can no longer post: “${reason}”.`;
  return chatMessage(from, ...(isForApprovers(notice) ? [unaskedWords()] : noticeLines(notice, 'alone')));
}

/** In 1:1: the bot cannot write where it was asked, so there is no card. */
export function noCardMessage(request: Request, context: Pick<CardContext, 'teams'>): ChatMessage {
  const { place, reason } = request;
  return chatMessage(
    words`You asked for this ${placeWords(place, context)}, where I cannot post: “${reason}”.`,
    words`Nothing was sent to Defender. Ask whoever looks after that conversation to add me, or send the command here: ${collectExample}`,
  );
}

/** A message that Teams finds too large, in short. */
export function briefNotice(notice: Notice): ChatMessage {
  const { requester } = notice.request;
  const done = collectionsOf(notice.request);
  const good = done.filter(({ state }) => state === 'succeeded').length;
  const what = briefWords(notice, words`${good} of ${done.length} packages were collected.`);
  return chatMessage(words`${mention(requester)} ${inOneLine(what, words`${statusExample} shows more.`)}`);
}

function briefWords({ key }: Notice, closing: Words): Words {
  if (key === 'closing' || key.startsWith('lateEnd:')) return closing;
  if (key === 'denied') return words`Your request was denied.`;
  if (key === 'unapproved') return words`Nobody approved your request in time.`;
  return key.startsWith('approval')
    ? words`Your request waits for an approval.`
    : words`Something waits for your sign-in.`;
}

/** Nobody can be asked to approve where the bot cannot write. */
function unaskedWords(): Words {
  return words`A second person has to approve it, and there I can ask nobody. Nothing was sent. To ask somewhere else, send the command in a conversation where I am: ${collectExample}`;
}

/** Whether the card stands above the message, so that its buttons can be pointed at. */
type Where = 'underTheCard' | 'alone';

function noticeLines(notice: RequesterNotice, where: Where): readonly Words[] {
  if (notice.key === 'closing') return closingLines(notice.request, where);
  if (isLateEnd(notice)) return endedLate(notice.request).map((each) => lateEndLine(each, where));
  if (notice.key === 'denied') {
    const { by, reason } = notice.request.denial;
    return [inOneLine(words`${by.name} denied your request: “${reason}”. Nothing was sent.`, again(where))];
  }
  if (notice.key === 'unapproved') {
    return [inOneLine(words`Nobody approved your request in time. Nothing was sent.`, again(where))];
  }
  return signInLines(notice, where);
}

function isLateEnd(notice: RequesterNotice): notice is Extract<RequesterNotice, { readonly key: `lateEnd:${number}` }> {
  return notice.key.startsWith('lateEnd:');
}

/** The closing message had given it up. */
function lateEndLine(collection: FinalCollection, where: Where): Words {
  return words`Defender now says how it ended. ${endLine(collection, where)}`;
}

function signInLines(notice: RequesterNotice, where: Where): readonly Words[] {
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
