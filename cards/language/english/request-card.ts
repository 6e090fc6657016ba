import { link, type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What frames every view of a request. */
export const requestCard = {
  kind: words`Investigation package`,
  onlyYou: words`Investigation package. Only you can see this view.`,
  reason: words`Reason`,
  quoted: (theirs: string) => words`“${theirs}”`,
  summary: (devices: Words, status: string, requester: string, reason: string) =>
    words`Investigation package of ${devices}: ${status}. Asked by ${requester}: “${reason}”`,
  briefSummary: (devices: Words, status: string) => words`Investigation package of ${devices}: ${status}.`,
  leftOut: (count: number, names: string) =>
    words`Left out, so that nothing was sent for ${count === 1 ? words`it` : words`them`}: ${names}`,
  takenBack: (requester: string) => words`${requester} took it back. Nothing was sent to Defender.`,
  openInTab: (url: string) => words`${link('Open in the Collections tab', url)}`,
  askedBy: (requester: string) => words`Asked by ${requester}`,
  approvedBy: (requester: string, approver: string) => words`Asked by ${requester}, approved by ${approver}`,
  rightDevices: (requester: string, until: Piece) =>
    words`Are these the right devices? Nothing has been sent yet. ${requester} can untick what is to be left out, and press ${strong(buttons.collect)} until ${until}.`,
  done: (ended: number, all: number) => words`${ended} of ${all} done`,
  failed: (count: number) => words`, ${count} failed`,
  cancelled: (count: number) => words`, ${count} cancelled`,
  tooLarge: (status: Piece) =>
    words`Teams finds the whole card too large, so this is the short one. ${status} shows more.`,
};
