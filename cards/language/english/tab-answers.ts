import { code, words } from '../../words.ts';

/** What the tab's API says. */
export const tabAnswers = {
  notInTab: words`That works in the conversation only, on the card there.`,
  notShown: words`Defender shows you no such collection. It may be on a device that you may not see, or be older than what is kept. Write ${code('/history <device>')} to me in a chat for what there is.`,
  moreProof: words`Defender wants more proof of who you are than your sign-in to Teams gives. Write ${code('/status')} to me in our 1:1 chat: the sign-in there asks for it. What you wanted here, do there.`,
  notEnough: words`Your sign-in to Teams is not enough for Defender.`,
  lastKnown: words`This is what I knew last of your own requests. Please try again in a minute, or write ${code('/status')} to me in our 1:1 chat.`,
  namelessStarter: 'Somebody whom Defender does not name',
};
