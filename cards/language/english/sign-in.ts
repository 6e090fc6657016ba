import { type Words, words } from '../../words.ts';

/** What a person reads while they sign in. */
export const signIn = {
  text: 'Sign in, so that Defender sees you and not the bot.',
  forOwnRequest: (devices: Words, where: string) =>
    words`Sign in for the investigation package of ${devices} that you asked for ${where}, so that Defender sees you and not the bot. The request then goes on by itself. If you did not ask for it, do nothing.`,
  forOthersRequest: (requester: string, where: string) =>
    words`Sign in for what you pressed on the card of ${requester}’s request ${where}, so that Defender sees you and not the bot. Then press it again. If you pressed nothing, do nothing.`,
  here: 'here',
  inGroupChat: 'in a group chat',
  inChannel: 'in a channel',
};
