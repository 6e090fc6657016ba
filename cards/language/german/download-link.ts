import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** What stands beside the link to a package. */
export const downloadLink: Catalogue['downloadLink'] = {
  summary: (device) => words`Der Downloadlink zum Untersuchungspaket von ${device}`,
  onlyYou: words`Nur für Sie sichtbar`,
  ready: words`Das Paket steht zum Herunterladen bereit.`,
  worksBriefly: words`Der Link gilt nur wenige Minuten, und für alle, die ihn haben: Geben Sie ihn nicht weiter. Gilt er nicht mehr, rufen Sie einen neuen ab.`,
  mayBeHarmful: words`Der Inhalt des Pakets stammt vom Gerät und kann schädlich sein: Öffnen Sie es dort, wo es keinen Schaden anrichtet.`,
};
