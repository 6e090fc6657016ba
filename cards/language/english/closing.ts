import { strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What the closing message says of each collection, after its device and its status. */
export const closing = {
  collected: (good: number, all: number) => words`${good} of ${all} packages were collected.`,
  andMore: (names: string, more: number) => words`${names} and ${more} more`,
  linkIsAbove: words`${strong(buttons.getDownloadLink)} is on the card above.`,
  retryIsAbove: words`${strong(buttons.retryFailed)} on the card above does only those that failed.`,
  tryAgainIsAbove: words`${strong(buttons.tryAgain)} is on the card above.`,
  sendAgain: words`To try again, send the command here: ${examples.collect}`,

  after: (took: Words) => words` after ${took}.`,
  followedFor: (length: string) => words`${length} of following a collection that was already running`,
  inDefender: words`The package is in Defender.`,
  noPackage: words`There is no package.`,
  stoppedFollowing: words`I have stopped following; look in Defender for how it ended.`,
  nothingSent: words`Nothing was sent.`,
  nobodySignedIn: words`, because nobody signed in in time. Nothing was sent.`,
};
