/** Answers that have to do with where and when, not with a request. */
import { messageText } from './chat-message.ts';
import type { Catalogue } from './language/catalogue.ts';

/** Somebody wrote or clicked where the administrators do not want the bot to serve (`ALLOWED_CONVERSATIONS`). */
export function notServedHereAnswer({ edge }: Catalogue): string {
  return messageText(edge.notServedHere);
}

/** Somebody pointed at a message in a chat where the bot is not. */
export function notInChatAnswer({ edge }: Catalogue): string {
  return messageText(edge.notInChat);
}

/** A click was answered before Defender was. */
export function stillWaitingAnswer({ edge }: Catalogue): string {
  return messageText(edge.stillWaiting);
}

/** A Defender answer for the clicker alone that came too late to be shown: pressing again asks anew. */
export function linkTooLateAnswer({ edge }: Catalogue): string {
  return messageText(edge.linkTooLate);
}
