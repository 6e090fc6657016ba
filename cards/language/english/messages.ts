import { code, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Messages beside the card. */
export const messages = {
  cannotPostAnyMore: (where: Words, reason: string) =>
    words`You asked for this ${where}, where I can no longer post: “${reason}”.`,
  cannotPost: (where: Words, reason: string) => words`You asked for this ${where}, where I cannot post: “${reason}”.`,
  nothingSentAddMe: words`Nothing was sent to Defender. Ask whoever looks after that conversation to add me, or send the command here: ${examples.collect}`,
  wasRemoved: (devices: Words, where: Words, reason: string) =>
    words`You asked for an investigation package of ${devices} ${where}, where I was removed: “${reason}”.`,
  movedProposed: words`Nothing was sent to Defender, and there nobody can confirm it any more. To ask again, send the command here: ${examples.collect}`,
  movedAwaiting: words`It waits for an approval, and nothing was sent to Defender. If nobody can give it any more, send the command where I am: ${examples.collect}`,
  movedConfirmed: words`It goes on in Defender, and I tell you here how it ends. ${examples.status} shows how it stands.`,
  movedOver: words`It has ended. ${examples.status} shows how.`,

  statusShowsMore: words`${examples.status} shows more.`,
  wasDenied: words`Your request was denied.`,
  wasUnapproved: words`Nobody approved your request in time.`,
  waitsForApproval: words`Your request waits for an approval.`,
  waitsForSignIn: words`Something waits for your sign-in.`,

  unasked: words`A second person has to approve it, and there I can ask nobody. Nothing was sent. To ask somewhere else, send the command in a conversation where I am: ${examples.collect}`,
  denied: (by: string, reason: string) => words`${by} denied your request: “${reason}”. Nothing was sent.`,
  unapproved: words`Nobody approved your request in time. Nothing was sent.`,
  lateEnd: (end: Words) => words`Defender now says how it ended. ${end}`,
  unfollowed: (devices: string) =>
    words`Your sign-in has ended, so I can no longer follow the collection of ${devices}. In Defender it goes on.`,
  unsent: (devices: string) => words`Your sign-in ended before the collection of ${devices} was sent.`,
  unclear: (devices: string) => words`Your sign-in ended before I could see whether the collection of ${devices} runs.`,
  signInAbove: words`Press ${strong(buttons.signIn)} on the card above; the rest goes by itself.`,
  signInHere: words`Sign in here (the next ${code('/collect')} asks you to); the rest goes by itself.`,
};
