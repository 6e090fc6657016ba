import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** The form that stands for a typed `/collect`, in the chat and in a dialog. */
export const collectForm: Catalogue['collectForm'] = {
  title: 'Untersuchungspaket sammeln',
  summary: words`Untersuchungspaket sammeln: von welchem Gerät, und warum?`,
  askedElsewhere: (where) => words`Gefragt haben Sie ${where}.`,
  nothingSent: words`An Defender wird nichts gesendet, bevor Sie die Geräte gesehen und auf „${buttons.collect}“ geklickt haben.`,
  device: 'Gerät',
  devicesFault: (most) =>
    `Eine Geräte-ID oder ein Computername, bis zu ${most} durch Kommas getrennt. Setzen Sie einen Namen mit Leerzeichen in Anführungszeichen.`,
  devicesExample: 'zum Beispiel: lap-0042, srv-files-01',
  reason: 'Grund',
  reasonFault: (most) => `Nennen Sie den Grund in 1 bis ${most.toLocaleString('de')} Zeichen.`,
  reasonExample: 'zum Beispiel: verdächtige Anmeldung, Alarm 1234',
  belowIsItsBeginning: words`Unten steht der Anfang.`,
  asked: (count) =>
    count === 1
      ? words`Die Karte mit dem Gerät kommt in diese Unterhaltung. An Defender wird nichts gesendet, bevor Sie darauf auf „${buttons.collect}“ klicken. ${examples.status} zeigt alle Ihre Anfragen.`
      : words`Die Karte mit den ${count} Geräten kommt in diese Unterhaltung. An Defender wird nichts gesendet, bevor Sie darauf auf „${buttons.collect}“ klicken. ${examples.status} zeigt alle Ihre Anfragen.`,
  left: words`Sie haben das Formular verlassen; es wurde nichts angefragt.`,

  dialogTitle: 'Paket sammeln',
  fromTheMessage: (excerpt) => words`Aus der Nachricht: „${excerpt}“`,
};
