import { type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What only the requester reads of a proposal. */
export const own = {
  rightDevices: (confirm: string, until: Piece) =>
    words`Are these the right devices? Nothing has been sent yet. Untick what is to be left out. You can press ${strong(confirm)} until ${until}.`,
  rightDevice: (confirm: string, until: Piece) =>
    words`Is this the right device? Nothing has been sent yet. You can press ${strong(confirm)} until ${until}.`,
  device: 'Device',
  pickOne: 'Pick one of the devices.',
  noneOfThese: words`None of these: leave it out`,
  oneOfThese: (name: string) => words`“${name}” is one of these:`,
  thereAreMore: (count: number) =>
    words`There are more than these ${count}. If yours is not among them, narrow it down: press ${strong(buttons.cancel)}, and send the command again with more of the name, or with the device ID.`,
  noFullReport: words`no full report`,
  lastFullReport: (at: Piece) => words`last full report ${at}`,
  inGroup: (group: string) => words`, group ${group}`,
  choice: (name: string, seen: Words, device: Words, group: Words, id: string) =>
    words`${name}: ${seen}, ${device}${group}, ID ${id}`,
  whichOne: (match: Words) => words`${match}. Which one do you mean?`,

  restricted: words`It bears the tag ${strong('Restricted security operations')}: Defender may refuse the collection.`,
  runsAlready: (who: Words, at: Piece) =>
    words`A collection is already running on it: ${who} started it at ${at}. The request follows that one and starts no second, unless it has ended by then.`,
  runsAlreadyUnapproved: (who: Words, at: Piece) =>
    words`A collection is already running on it: ${who} started it at ${at}. The request follows that one and starts no second.`,
  collectedLately: (who: Words, at: Piece) =>
    words`A package of it was collected at ${at}, for ${who}. Perhaps that one will do.`,
  needsApproval: words`A second person has to approve it before it is sent. I ask for that when you press ${strong(buttons.collect)}.`,
  nobodyToApprove: words`A second person has to approve it, and in this chat there is nobody else: send the command in a channel or group chat where I am.`,
  marks: {
    needsApproval: words`needs approval`,
    restricted: words`restricted`,
    runsAlready: words`runs already`,
    collectedLately: words`collected lately`,
  },

  facts: {
    build: (build: string) => words`Build ${build}`,
    risk: (risk: string) => words`risk ${risk}`,
    exposure: (exposure: string) => words`exposure ${exposure}`,
    value: (value: string) => words`value ${value}`,
    noFullReport: words`Defender has no full report of it.`,
    lastFullReport: (at: Piece) =>
      words`Last full report ${at}. A device sends one about once a day, so one that is on can look a day old.`,
    group: (group: string) => words`Device group ${group}`,
    tags: (tags: Words) => words`Tags: ${tags}`,
    moreTags: (tags: Words, more: number) => words`Tags: ${tags} and ${more} more`,
    firstSeen: (at: Piece) => words`First seen ${at}`,
  },
  earlierUnknown: words`What was collected from it before was not looked up, or Defender did not say.`,
  noneEarlier: words`Defender shows you no earlier collection from it.`,
  earlier: words`Earlier collections:`,
  earlierOne: (status: string, who: Words, at: Piece) => words`${status}: ${who}, ${at}`,
  nobodyNamed: words`somebody whom Defender does not name`,
};
