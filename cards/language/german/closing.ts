import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What the closing message says of each collection, after its device and its status. */
export const closing: Catalogue['closing'] = {
  collected: (good, all) =>
    good === 1 ? words`1 von ${all} Paketen wurde gesammelt.` : words`${good} von ${all} Paketen wurden gesammelt.`,
  andMore: (names, more) => words`${names} und ${more} weitere`,
  linkIsAbove: words`${strong(buttons.getDownloadLink)} finden Sie auf der Karte oben.`,
  retryIsAbove: words`${strong(buttons.retryFailed)} auf der Karte oben wiederholt nur die fehlgeschlagenen.`,
  tryAgainIsAbove: words`${strong(buttons.tryAgain)} finden Sie auf der Karte oben.`,
  sendAgain: words`Um es erneut zu versuchen, senden Sie den Befehl hier: ${examples.collect}`,

  after: (took) => words` nach ${took}.`,
  followedFor: (length) => words`${length} Verfolgung einer Sammlung, die schon lief`,
  inDefender: words`Das Paket liegt in Defender.`,
  noPackage: words`Es gibt kein Paket.`,
  stoppedFollowing: words`Ich verfolge sie nicht mehr; wie sie ausging, steht in Defender.`,
  nothingSent: words`Es wurde nichts gesendet.`,
  nobodySignedIn: words`, weil sich niemand rechtzeitig angemeldet hat. Es wurde nichts gesendet.`,
};
