import { type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** How far the look-up of a device is, and what to do now. */
export const sighting = {
  nothingSent: words`Nothing has been sent to Defender.`,
  asked: (requester: string) => words`Defender is asked for this device, as ${requester}.`,
  chooses: (match: Words, requester: string) => words`${match}: ${requester} chooses.`,
  shownAlone: (requester: string) => words`Which they are is shown to ${requester} alone. Nothing has been sent yet.`,
  rightDevice: (requester: string, until: Piece) =>
    words`Is this the right device? Nothing has been sent yet. ${requester} can press ${strong(buttons.collect)} until ${until}.`,
  signIn: (requester: string) =>
    words`${requester} has to sign in, so that Defender sees them and not the bot. Then the device is looked up.`,
  signInOnceMore: (requester: string) => words`${requester} has to sign in once more; then the device is looked up.`,
  queuedFor: (length: string) =>
    words`Queued, about ${length}: Defender allows only so many calls, and others were first.`,
  asksByItself: words`The bot asks for the device by itself; nobody has to do anything.`,
  sameName: (name: string) => words`Several devices are called “${name}”`,
  nearName: (name: string) => words`Defender shows no device called “${name}”, but some with a name like it`,
};
