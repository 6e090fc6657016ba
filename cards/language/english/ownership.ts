import { type Piece, type Words, words } from '../../words.ts';

/** Whose machine action is followed, where that is not simply our own. */
export const ownership = {
  probablyOurs: words`This is probably the collection that this request started: person and time fit, but Defender does not show its comment.`,
  joined: (who: Words, at: Piece) =>
    words`A collection was already running on this device: ${who} started it at ${at}. This request follows that one; no second one was started.`,
  nobodyNamed: words`somebody whom Defender does not name`,
};
