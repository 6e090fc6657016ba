/** What a person reads while they sign in. */
import type { Request } from '../src/domain/request.ts';
import { type ChatMessage, chatMessage } from './chat-message.ts';
import type { CardContext } from './context.ts';
import { devicesTitle } from './device-words.ts';
import { placeWords } from './place-words.ts';
import { plainText } from './plain-text.ts';
import { deviceNames } from './request-card.ts';
import { link, words } from './words.ts';

/** The line of a login request and of a sign-in card. */
export const signInText = 'Sign in, so that Defender sees you and not the bot.';
/** The button of a login request and of a sign-in card. */
export const signInTitle = 'Sign in';

/**
 * Offers a way to sign in that needs no card, in 1:1: which request it is for, and where that came from.
 * @param address the Token Service's sign-in page, good for this person alone
 */
export function signInLinkMessage(request: Request, address: string, context: Pick<CardContext, 'teams'>): ChatMessage {
  const device = devicesTitle(deviceNames(request));
  return chatMessage(
    words`To go on with the investigation package of ${device} that you asked for ${placeWords(request.place, context)}, ${link('sign in', address)}: so Defender sees you and not the bot.`,
    words`The request then goes on by itself; nobody types a command twice. If you did not ask for it, do nothing.`,
  );
}

/** The plain page's or chat's confirmation, naming each request that goes on now. */
export function signedInMessage(requests: readonly Request[], context: Pick<CardContext, 'teams'>): ChatMessage {
  if (requests.length === 0) return chatMessage(words`You are signed in.`);
  const lines = requests.map(
    (request) =>
      words`Your request for ${devicesTitle(deviceNames(request))} goes on ${placeWords(request.place, context)}.`,
  );
  return chatMessage(words`You are signed in.`, ...lines);
}

/** A request in a line of an OAuth card, where no markup works. */
export function signInTextFor(request: Request): string {
  return plainText(
    words`Sign in for the investigation package of ${devicesTitle(deviceNames(request))}, so that Defender sees you and not the bot.`,
  );
}
