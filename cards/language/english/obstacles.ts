import { strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What stands in the way of a sign-in, and what the person can do about it. `number` is Entra’s, in brackets, or nothing. */
export const obstacles = {
  secondFactor: (number: Words) => words`Microsoft Entra wants a second factor from the person who asked${number}.`,
  device: (number: Words) =>
    words`Microsoft Entra does not let them in from that device: it has to be known to your organisation, compliant or managed${number}.`,
  app: (number: Words) => words`Microsoft Entra wants another, approved app to be used${number}.`,
  risk: (number: Words) => words`Microsoft Entra holds the account of the person who asked to be at risk${number}.`,
  policy: (number: Words) =>
    words`A Conditional Access policy of your organisation blocks it, for instance because of the place or the network${number}.`,
  sessionEnded: (number: Words) =>
    words`The sign-in of the person who asked has ended, was revoked, or is older than your organisation allows${number}.`,
  unsaid: (number: Words) => words`Microsoft wants a fresh sign-in of the person who asked${number}.`,

  ruleSeen: words`If it stays so, your tenant’s administrator can see which rule blocks it.`,
  again: words`Sign in again.`,
  againFromDevice: words`Sign in again from a device that your organisation manages.`,
  againFromPlace: words`Sign in again from a device, an app and a place that your organisation’s rules allow.`,
  againWithFactor: words`Sign in again in the window that opens, with your second factor.`,
  findRule: words`Your tenant’s administrator finds the rule in Entra’s sign-in log, by the correlation ID. A colleague whom it lets through can press ${strong(buttons.tryAgain)}.`,
  coverThisApp: words`The rule has to cover this app as well as Defender, so that the sign-in window asks for the second factor.`,
};
