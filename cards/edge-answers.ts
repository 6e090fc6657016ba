/** Answers that have to do with where and when, not with a request. */
import { answer } from './chat-message.ts';
import { collectExample } from './examples.ts';
import { strong } from './words.ts';

/** Somebody wrote or clicked where the administrators do not want the bot to serve (`ALLOWED_CONVERSATIONS`). */
export function notServedHereAnswer(): string {
  return answer`I do not serve in this conversation: whoever runs me has chosen others. Ask in one of those, or ask your administrator which they are.`;
}

/** Somebody pointed at a message in a chat where the bot is not. */
export function notInChatAnswer(): string {
  return answer`I am not in this chat, so I could not post the card here. Write to me in our 1:1 chat instead: ${collectExample}`;
}

/** A click was answered before Defender was. */
export function stillWaitingAnswer(): string {
  return answer`Defender is slow to answer, and I am still waiting. If the card does not change within a minute, press the button again.`;
}

/** A Defender answer for the clicker alone that came too late to be shown: pressing again asks anew. */
export function linkTooLateAnswer(): string {
  return answer`Defender is slow to answer, so there is no link yet. Press ${strong('Get download link')} again in a minute.`;
}
