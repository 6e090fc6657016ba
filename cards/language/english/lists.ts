import { link, type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What `/status` and `/history` show, and their answers where there is nothing to show or to stop. */
export const lists = {
  onlyYou: words`Only you can see this`,
  none: words`There is none.`,
  ownRequests: words`Your requests`,
  ownCollections: words`Your collections`,
  oneCollection: words`Collection`,
  openDevice: (url: string) => words`${link('Open the device in Defender', url)}`,
  guessedName: (name: string) =>
    words`This is what Defender has under ${strong(name)}, the name of your sign-in. If it calls you otherwise, more is missing here; I learn its name for you with the first collection that you start.`,
  lastKnownSignedOut: words`You are not signed in, so this is what I knew last. ${strong(buttons.signIn)} shows what Defender says now.`,
  lastKnown: words`So this is what I knew last.`,
  askForOne: words`To ask for a package: ${examples.collect}`,
  pageOf: (page: number, pages: number) => words`Page ${page} of ${pages}, newest first.`,

  sameName: (name: string) => words`Several devices are called “${name}”. Which one do you mean?`,
  nearName: (name: string) => words`Defender shows you no device “${name}”. Do you mean one of these?`,
  device: 'Device',
  pickOne: 'Pick one of the devices.',
  whichDevice: words`Which device?`,
  signInNeeded: words`Sign-in needed`,
  signInFirst: words`Defender answers you, not me: sign in, and this goes on by itself.`,
  ifNothingHappens: words`If nothing happens, press it once more: then I send you a sign-in in our 1:1 chat.`,

  asked: (when: Piece, where: Words, reason: Words) => words`Asked ${when} ${where}: ${reason}`,
  undelivered: words`Teams did not take its card or message, so there it may be missing or out of date.`,
  collectionOf: (when: Piece) => words`Collection of ${when}`,
  namelessDevice: 'A device that Defender does not name',
  started: (when: Piece, who: Words) => words`Started ${when} by ${who}`,
  endedAfter: (duration: string) => words`, ended after ${duration}`,
  nobodyNamed: words`somebody whom Defender does not name`,
  notThroughMe: words`It was not asked for through me.`,
  followsToo: (name: string, where: Words) => words`${name} follows it, too, ${where}.`,
  askedMe: (name: string, where: Words) => words`${name} asked me for it ${where}.`,
  followedByMore: (count: number) => words`It is followed by ${count} more.`,
  inPersonalChat: words`in a 1:1 chat with me`,
  quoted: (theirs: string) => words`“${theirs}”`,

  aboutNothing: (typed: string) =>
    words`“${typed}” is neither a device ID, nor a computer name, nor an action ID. For example: ${examples.history}`,
  unknownDevice: (name: string) =>
    words`Defender shows you no device “${name}”: there is none, or it is in a device group that you may not see. Check the name, or send it again with the device ID.`,
  unknownAction: words`Defender shows you no collection with this action ID: there is none, it is on a device that you may not see, or it began only seconds ago. ${examples.status} shows your own.`,
  unknownName: words`I do not know yet by what name Defender calls you; I learn it with the first collection that you start. Until then ask for a device: ${examples.history}`,
  tooLate: words`Defender is slow to answer. Press the button again in a minute.`,
  otherSignIn: words`The sign-in did not come back to me, so I have sent you another one in our 1:1 chat. Press ${strong(buttons.signIn)} there, and then this button again.`,
};
