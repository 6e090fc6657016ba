import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** What a person reads while they sign in. */
export const signIn: Catalogue['signIn'] = {
  text: 'Melden Sie sich an, damit Defender Sie sieht und nicht den Bot.',
  forOwnRequest: (devices, where) =>
    words`Melden Sie sich für das Untersuchungspaket von ${devices} an, das Sie ${where} angefragt haben, damit Defender Sie sieht und nicht den Bot. Die Anfrage geht dann von selbst weiter. Haben Sie es nicht angefragt, tun Sie nichts.`,
  forOthersRequest: (requester, where) =>
    words`Melden Sie sich für das an, was Sie ${where} auf der Karte der Anfrage von ${requester} angeklickt haben, damit Defender Sie sieht und nicht den Bot. Klicken Sie dann noch einmal. Haben Sie nichts angeklickt, tun Sie nichts.`,
  here: 'hier',
  inGroupChat: 'in einem Gruppenchat',
  inChannel: 'in einem Kanal',
};
