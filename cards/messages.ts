/** Messages beside the card: they notify the requester, which an edited card does not. */
import { endedLate, isForApprovers, type Notice, type RequesterNotice } from '../src/domain/notice.ts';
import { type Collection, collectionsOf, type FinalCollection, type Request } from '../src/domain/request.ts';
import { type ChatMessage, chatMessage } from './chat-message.ts';
import { again, closingLines, endLine, type Where } from './closing-words.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { deviceName, devicesTitle } from './device-words.ts';
import { collectExample, statusExample } from './examples.ts';
import { placeWords } from './place-words.ts';
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

/** In 1:1, while the request goes on: the bot was removed from where it was asked. */
export function movedMessage(request: Request, context: Pick<CardContext, 'teams'>): ChatMessage {
  const { place, reason } = request;
  const what = devicesTitle(deviceNames(request));
  return chatMessage(
    words`You asked for an investigation package of ${what} ${placeWords(place, context)}, where I was removed: “${reason}”.`,
    movedWords(request),
  );
}

function movedWords(request: Request): Words {
  switch (request.state) {
    case 'proposed':
      return words`Nothing was sent to Defender, and there nobody can confirm it any more. To ask again, send the command here: ${collectExample}`;
    case 'awaitingApproval':
      return words`It waits for an approval, and nothing was sent to Defender. If nobody can give it any more, send the command where I am: ${collectExample}`;
    case 'confirmed':
      return words`It goes on in Defender, and I tell you here how it ends. ${statusExample} shows how it stands.`;
    case 'done':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return words`It has ended. ${statusExample} shows how.`;
  }
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

function listed(collections: readonly Collection[]): Words {
  return words`${collections.map(({ device }) => deviceName(device)).join(', ')}`;
}
