import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { examples } from './examples.ts';

/** What a `/collect` lacks, and what to do now. */
export const collectFault: Catalogue['collectFault'] = {
  deviceMissing: words`Welches Gerät, und warum? Zum Beispiel: ${examples.collect}`,
  reasonMissing: words`Der Grund fehlt: Er steht im Kommentar von Defender. Zum Beispiel: ${examples.collect}`,
  notADevice: (typed) =>
    words`„${typed}“ ist weder eine Geräte-ID noch ein Computername; setzen Sie einen Namen mit Leerzeichen in Anführungszeichen. Zum Beispiel: ${examples.collect}`,
  tooManyDevices: (count, most) =>
    words`${count} Geräte sind zu viele für eine Anfrage. Senden Sie höchstens ${most} auf einmal.`,
  reasonTooLong: (length, longest) =>
    words`Der Grund hat ${length} von höchstens ${longest} Zeichen. Kürzen Sie ihn, und senden Sie ihn noch einmal.`,
};
