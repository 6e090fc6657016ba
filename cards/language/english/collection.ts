import { link, type Piece, strong, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** Where a collection stands, what that means, and what to do now. */
export const collection = {
  onItsWay: words`The request is on its way to Defender.`,
  retriesItself: words`Nothing was sent. The bot tries again by itself, for up to an hour; nobody has to do anything.`,
  answerLost: (requester: string) =>
    words`It was sent, but Defender’s answer got lost, and ${requester}’s sign-in has ended.`,
  signInToLook: (requester: string) =>
    words`${requester} has to sign in again, so that the bot can look whether it runs. It is not sent twice.`,
  alreadyRunning: words`Defender says that a collection is already running on this device. The bot is looking for it.`,
  signInToSend: (requester: string, until: Piece) =>
    words`${requester} has to sign in again before this can be sent. It waits until ${until}, then goes on by itself after the sign-in.`,
  queuedFor: (length: string) =>
    words`Queued, about ${length}: Defender allows only so many calls, and others were first.`,
  sentByItself: (at: Piece) => words`It is sent by itself at ${at}; nobody has to do anything.`,
  sendAdministrator: (url: string) =>
    words`Your tenant’s administrator can allow it; send them this link: ${link(buttons.askYourAdministrator, url)}.`,

  accepted: words`Defender has accepted it and waits for the device to answer. An offline device can take hours or days; the bot follows it for up to 3 days.`,
  collecting: words`The device is collecting. This usually takes 2 to 5 minutes.`,
  unwatched: (lastWatcher: string) =>
    words`The sign-in of ${lastWatcher} has ended, so the bot cannot see how the collection goes on. In Defender it goes on.`,
  watchAgain: (requester: string) =>
    words`${requester} can ${strong(buttons.signIn)}, or anybody who may see this device in Defender can ${strong(buttons.keepFollowing)}.`,

  openDevice: (url: string) => link('Open the device in Defender', url),
  ready: words`The package is in Defender. ${strong(buttons.getDownloadLink)} shows a link to you alone, if your own Defender role allows it.`,
  failed: words`The device could not finish the collection; there is no package.`,
  whyFailed: (device: Piece) =>
    words`A low battery or a metered connection can be the cause. ${device}, then press ${strong(buttons.tryAgain)}.`,
  timedOut: words`The device did not answer in time; there is no package.`,
  whyTimedOut: (device: Piece) =>
    words`Make sure that it is switched on and online, then press ${strong(buttons.tryAgain)}. ${device}.`,
  cancelled: words`The collection was cancelled in Defender; there is no package.`,
  unresolved: words`After 3 days Defender had still not said how it ended, so the bot has stopped following. It may still finish.`,
  lastWord: (status: string, device: Piece) =>
    words`Defender’s last word was ${strong(status)}. ${strong(buttons.refresh)} asks it once more, as you; or see how it stands: ${device}.`,
  withdrawn: (requester: string) =>
    words`${requester} took it back before it was sent. Defender was not asked for anything.`,
  expired: (requester: string) =>
    words`${requester} did not sign in again in time, so it was never sent. ${strong(buttons.tryAgain)} starts it anew.`,
};
