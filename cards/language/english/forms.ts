import { type Words, words } from '../../words.ts';

/** Cards with a field to type into. */
export const forms = {
  editTitle: words`Edit the reason`,
  editHow: words`It goes into Defender’s comment, and everybody in this conversation sees it.`,
  downloadTitle: words`Get a download link`,
  downloadHow: words`The link is for you alone, if your own Defender role allows it.`,
  cancelTitle: words`Cancel the collection`,
  cancelHow: words`Defender is asked to stop it, in your name. It may still finish before it is stopped; the card then says so.`,
  cancelWhy: 'Why it is cancelled',
  cancelExample: 'for instance: wrong device',
  manyOfOthers: (count: number) =>
    words`Mind: ${count} of these collections were started by others, as the card says. Cancelling stops them for everybody.`,
  ofOthers: (device: string, whose: Words) =>
    words`Mind: the collection on ${device} was started by ${whose}. Cancelling stops it for them, too.`,
  unsent: (requester: string) => words`What was not sent yet is taken back at once, if ${requester} presses.`,
  denyTitle: words`Deny the collection`,
  denyHow: (requester: string, reason: string) =>
    words`${requester} asks for it: “${reason}”. Everybody in this conversation sees why you deny it.`,
  denyWhy: 'Why it is denied',
  denyExample: 'for instance: no alert on this device',
};
