import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Who asked Defender to stop a collection, and what came of it. */
export const cancellation: Catalogue['cancellation'] = {
  underWay: (who, at) =>
    words`${who} hat Defender um den Abbruch gebeten (${at}). Die Sammlung kann trotzdem noch fertig werden.`,
  stopped: (who, at) => words`${who} hat Defender um den Abbruch gebeten (${at}).`,
  succeededBefore: (who, at) =>
    words`${who} hat Defender um den Abbruch gebeten (${at}), aber vorher war die Sammlung erfolgreich.`,
  endedBefore: (who, at) => words`${who} hat Defender um den Abbruch gebeten (${at}); vorher endete sie von selbst.`,
  unconfirmed: (who, at) =>
    words`${who} hat Defender um den Abbruch gebeten (${at}), aber Defender hat ihn nicht gemeldet.`,

  onlyYou: words`Nur für Sie sichtbar`,
  sure: (device, whose) => words`Sammlung von ${device} abbrechen? ${whose}`,
  notYours: (who, at) =>
    words`Diese Sammlung ist nicht Ihre: ${who} hat sie gestartet (${at}). Der Abbruch gilt auch dort.`,
  yourReason: (reason) => words`Ihr Grund: „${reason}“`,
  leaveRunning: words`Soll sie weiterlaufen, tun Sie nichts.`,
};
