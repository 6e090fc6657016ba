import { code, words } from '../../words.ts';

/** Answers to whoever is not let in. */
export const admission = {
  tooMuchByPerson: (seconds: number) =>
    words`That was more than I can take from one person in a minute, so I did nothing with it. Please try again in ${seconds} s. ${code('/cancel')} and ${code('/signout')} work all the same.`,
  tooMuchInConversation: (seconds: number) =>
    words`There was more in this conversation than I can take in a minute, so I did nothing with it. Please try again in ${seconds} s, or write to me in 1:1. ${code('/cancel')} and ${code('/signout')} work all the same.`,
  stale: words`That reached me more than 15 minutes after it was sent, so I did nothing with it. Please send it or press it again.`,
};
