import { type Piece, type Words, words } from '../../words.ts';

/** Who asked Defender to stop a collection, and what came of it. */
export const cancellation = {
  underWay: (who: string, at: Piece) =>
    words`${who} asked Defender to stop it at ${at}. It may still finish before it is stopped.`,
  stopped: (who: string, at: Piece) => words`${who} asked Defender to stop it at ${at}.`,
  succeededBefore: (who: string, at: Piece) =>
    words`${who} asked Defender to stop it at ${at}, but it succeeded before it was stopped.`,
  endedBefore: (who: string, at: Piece) => words`${who} asked Defender to stop it at ${at}; it ended by itself before.`,
  unconfirmed: (who: string, at: Piece) =>
    words`${who} asked Defender to stop it at ${at}, but did not say that it was stopped.`,

  onlyYou: words`Only you can see this`,
  sure: (device: string, whose: Words) => words`Cancel the collection of ${device}? ${whose}`,
  notYours: (who: Words, at: Piece) =>
    words`This collection is not yours: ${who} started it at ${at}. Cancelling stops it for them, too.`,
  yourReason: (reason: string) => words`Your reason: “${reason}”`,
  leaveRunning: words`To leave it running, do nothing.`,
};
