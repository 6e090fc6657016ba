import { type Piece, words } from '../../words.ts';

/** The titles of the time line: short, because a fact’s title does not break. */
export const timeline = {
  asked: 'Asked',
  confirmed: 'Confirmed',
  approved: 'Approved',
  denied: 'Denied',
  cancelled: 'Cancelled',
  expired: 'Expired',
  reminded: 'Reminded',
  finished: 'Finished',
  sending: 'Sending',
  waiting: 'Waiting',
  notFollowed: 'Not followed',
  givenUp: 'Given up',
  runningSince: 'Running since',
  sent: 'Sent',
  followed: 'Followed',
  endedAfter: (when: Piece, took: string) => words`${when}, after ${took}`,
};
