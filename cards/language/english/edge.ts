import { strong, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Answers that have to do with where and when, not with a request. */
export const edge = {
  notServedHere: words`I do not serve in this conversation: whoever runs me has chosen others. Ask in one of those, or ask your administrator which they are.`,
  notInChat: words`I am not in this chat, so I could not post the card here. Write to me in our 1:1 chat instead: ${examples.collect}`,
  stillWaiting: words`Defender is slow to answer, and I am still waiting. If the card does not change within a minute, press the button again.`,
  linkTooLate: words`Defender is slow to answer, so there is no link yet. Press ${strong(buttons.getDownloadLink)} again in a minute.`,
};
