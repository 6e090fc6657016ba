/** Messages beside the card: they notify the requester, which an edited card does not. */
import { endedLate, isForApprovers, type Notice, type RequesterNotice } from '../src/domain/notice.ts';
import { type Collection, collectionsOf, type FinalCollection, type Request } from '../src/domain/request.ts';
import { type ChatMessage, chatMessage } from './chat-message.ts';
import { again, closingLines, endLine, type Where } from './closing-words.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { deviceName, ofDevices } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { placeWords } from './place-words.ts';
import { inOneLine, mention, type Words, words } from './words.ts';

/** The message that a notice posts into the thread of the card. */
export function noticeMessage(say: Catalogue, notice: RequesterNotice): ChatMessage {
  const [first, ...lines] = noticeLines(say, notice, 'underTheCard');
  const opening = words`${mention(notice.request.requester)}`;
  return first === undefined ? chatMessage(opening) : chatMessage(words`${opening} ${first}`, ...lines);
}

/** The same in 1:1, for when the bot is no longer in the conversation: it says where it came from. */
export function removedBotMessage(notice: Notice, context: Pick<CardContext, 'teams' | 'say'>): ChatMessage {
  const { say } = context;
  const { place, reason } = notice.request;
  const from = say.messages.cannotPostAnyMore(placeWords(place, context), reason);
  // Nobody can be asked to approve where the bot cannot write.
  return chatMessage(from, ...(isForApprovers(notice) ? [say.messages.unasked] : noticeLines(say, notice, 'alone')));
}

/** In 1:1: the bot cannot write where it was asked, so there is no card. */
export function noCardMessage(request: Request, context: Pick<CardContext, 'teams' | 'say'>): ChatMessage {
  const { messages } = context.say;
  const { place, reason } = request;
  return chatMessage(messages.cannotPost(placeWords(place, context), reason), messages.nothingSentAddMe);
}

/** In 1:1, while the request goes on: the bot was removed from where it was asked. */
export function movedMessage(request: Request, context: Pick<CardContext, 'teams' | 'say'>): ChatMessage {
  const { say } = context;
  const { place, reason } = request;
  const what = ofDevices(say, deviceNames(request));
  const from = say.messages.wasRemoved(what, placeWords(place, context), reason);
  return chatMessage(from, movedWords(say, request));
}

function movedWords({ messages }: Catalogue, { state }: Request): Words {
  switch (state) {
    case 'proposed':
      return messages.movedProposed;
    case 'awaitingApproval':
      return messages.movedAwaiting;
    case 'confirmed':
      return messages.movedConfirmed;
    case 'done':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return messages.movedOver;
  }
}

/** A message that Teams finds too large, in short. */
export function briefNotice(say: Catalogue, notice: Notice): ChatMessage {
  const { requester } = notice.request;
  const done = collectionsOf(notice.request);
  const good = done.filter(({ state }) => state === 'succeeded').length;
  const what = briefWords(say, notice, say.closing.collected(good, done.length));
  return chatMessage(words`${mention(requester)} ${inOneLine(what, say.messages.statusShowsMore)}`);
}

function briefWords({ messages }: Catalogue, { key }: Notice, closing: Words): Words {
  if (key === 'closing' || key.startsWith('lateEnd:')) return closing;
  if (key === 'denied') return messages.wasDenied;
  if (key === 'unapproved') return messages.wasUnapproved;
  return key.startsWith('approval') ? messages.waitsForApproval : messages.waitsForSignIn;
}

function noticeLines(say: Catalogue, notice: RequesterNotice, where: Where): readonly Words[] {
  if (notice.key === 'closing') return closingLines(say, notice.request, where);
  if (isLateEnd(notice)) return endedLate(notice.request).map((each) => lateEndLine(say, each, where));
  if (notice.key === 'denied') {
    const { by, reason } = notice.request.denial;
    return [inOneLine(say.messages.denied(by.name, reason), again(say, where))];
  }
  if (notice.key === 'unapproved') {
    return [inOneLine(say.messages.unapproved, again(say, where))];
  }
  return signInLines(say, notice, where);
}

function isLateEnd(notice: RequesterNotice): notice is Extract<RequesterNotice, { readonly key: `lateEnd:${number}` }> {
  return notice.key.startsWith('lateEnd:');
}

/** The closing message had given it up. */
function lateEndLine(say: Catalogue, collection: FinalCollection, where: Where): Words {
  return say.messages.lateEnd(endLine(say, collection, where));
}

function signInLines(say: Catalogue, notice: RequesterNotice, where: Where): readonly Words[] {
  const { messages } = say;
  const collections = notice.request.state === 'confirmed' ? notice.request.collections : [];
  if (!notice.key.startsWith('signIn:')) {
    const names = listed(collections.filter(({ state }) => state === 'unwatched'));
    return [inOneLine(messages.unfollowed(names), goOn(say, where))];
  }
  const unsent = collections.filter(({ state }) => state === 'awaitingSignIn');
  const unclear = collections.filter((each) => each.state === 'submitting' && each.blockedSince !== undefined);
  return [
    ...(unsent.length === 0 ? [] : [messages.unsent(listed(unsent))]),
    ...(unclear.length === 0 ? [] : [messages.unclear(listed(unclear))]),
    goOn(say, where),
  ];
}

function goOn({ messages }: Catalogue, where: Where): Words {
  switch (where) {
    case 'underTheCard':
      return messages.signInAbove;
    case 'alone':
      return messages.signInHere;
  }
}

function listed(collections: readonly Collection[]): string {
  return collections.map(({ device }) => deviceName(device)).join(', ');
}
