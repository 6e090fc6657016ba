import { code, type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Answers to what somebody typed or clicked and that cannot go on. */
export const answers = {
  reasonMissing: words`The reason is empty. Say in a few words why.`,
  cancelWhat: words`Which action, and why? The action ID stands in Defender’s action center. For example: ${examples.cancel}`,
  actionEnded: (id: string, status: string) => words`Action ${code(id)} has ended: Defender says ${strong(status)}.`,
  cancelAsked: (id: string, status: string) =>
    words`Defender was asked to stop action ${code(id)}. It says ${strong(status)} for now, and may still succeed; the card of its request shows how it ends.`,
  twoCommands: words`There are two commands in one message; I did neither. Send each in a message of its own. For example: ${examples.collect}`,
  unknownCommand: (typed: string, nearest: Piece) =>
    words`I do not know “${typed}”. Did you mean ${nearest}? ${examples.help} shows everything.`,
  empty: words`I read text only, and there was none. For example: ${examples.collect}. ${examples.help} shows everything.`,
  edited: words`I do not read edited messages. Send the command as a new message.`,

  notForYou: (who: Piece) =>
    words`This is ${who}’s request, so only ${who} can do that. To ask for a package yourself: ${examples.collect}`,
  olderRevision: words`That card was out of date, so nothing was changed. Here is the current one: look again, then press.`,
  notNow: (status: string) => words`That is not possible now: the request is at “${status}”. The card shows what is.`,
  needsAnother: words`You asked for it, so somebody else has to decide. You can take it back with ${strong(buttons.cancel)}.`,
  nothingTicked: words`No device is ticked, so nothing was sent. Tick at least one, or press ${strong(buttons.cancel)}.`,
  nobodyToApprove: words`A second person has to approve this, and in this chat there is nobody else. Nothing was sent. Send the same command in a channel or group chat where I am.`,
  nothingNew: (status: string) => words`Nothing has changed: the request is at “${status}”.`,
  unknownRequest: words`This card is no longer known. To ask for a package: ${examples.collect}`,
  unreadableClick: words`I could not read that click, and changed nothing. ${examples.status} shows your requests.`,

  signInCancelled: words`You cancelled the sign-in; nothing was sent to Defender. Press ${strong(buttons.signIn)} on the card when you are ready.`,
  signInFailed: words`The sign-in did not work; nothing was sent to Defender. Press ${strong(buttons.signIn)} again. If it fails again, tell your tenant’s administrator.`,
  signedOut: words`You are signed out.`,
  goesOnUnfollowed: (followed: number): Words =>
    words`${followed === 1 ? 'One collection goes on' : `${followed} collections go on`} in Defender, but I no longer follow ${followed === 1 ? 'it' : 'them'} as you: a colleague can press ${strong(buttons.keepFollowing)} on the card.`,
  waitsForSignIn: (waiting: number): Words =>
    words`${waiting === 1 ? 'One request of yours waits' : `${waiting} requests of yours wait`} for your next sign-in.`,
  nextSignIn: words`The next ${code('/collect')} asks you to sign in.`,

  nothingToShow: words`There is nothing to show. To ask for a package: ${examples.collect}`,
  unforeseen: (correlationId: string) =>
    words`Something went wrong on my side, and it has been logged. Try again in a minute; ${examples.status} shows how your requests stand. For the administrator: correlation ID ${correlationId}`,
  stillAtIt: (correlationId: string) =>
    words`I am still at it: something that I depend on is slow. If nothing follows within a minute, send it again. For the administrator: correlation ID ${correlationId}`,
  /** For a client that cannot take a sign-in silently. */
  useTheButton: 'The sign-in was not taken; use the button.',
  /** Somebody without a name. */
  somebody: 'Somebody',
};
