import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** How far the look-up of a device is, and what to do now. */
export const sighting: Catalogue['sighting'] = {
  nothingSent: words`An Defender wurde nichts gesendet.`,
  asked: (requester) => words`Defender wird im Namen von ${requester} nach diesem Gerät gefragt.`,
  chooses: (match, requester) => words`${match}: ${requester} wählt aus.`,
  shownAlone: (requester) => words`Welche das sind, sieht nur ${requester}. Noch wurde nichts gesendet.`,
  rightDevice: (requester, until) =>
    words`Ist das das richtige Gerät? Noch wurde nichts gesendet. ${requester} kann bis ${until} auf ${strong(buttons.collect)} klicken.`,
  signIn: (requester) =>
    words`${requester} muss sich anmelden, damit Defender die Person sieht und nicht den Bot. Dann wird das Gerät gesucht.`,
  signInOnceMore: (requester) => words`${requester} muss sich noch einmal anmelden; dann wird das Gerät gesucht.`,
  queuedFor: (length) =>
    words`In der Warteschlange, etwa ${length}: Defender erlaubt nur eine begrenzte Zahl von Aufrufen, und andere waren zuerst da.`,
  asksByItself: words`Der Bot fragt von selbst nach dem Gerät; niemand muss etwas tun.`,
  sameName: (name) => words`Mehrere Geräte heißen „${name}“`,
  nearName: (name) => words`Defender zeigt kein Gerät „${name}“, aber einige mit ähnlichem Namen`,
};
