import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Whose machine action is followed, where that is not simply our own. */
export const ownership: Catalogue['ownership'] = {
  probablyOurs: words`Das ist wahrscheinlich die Sammlung, die diese Anfrage gestartet hat: Person und Zeit passen, aber Defender zeigt den Kommentar nicht.`,
  joined: (who, at) =>
    words`Auf diesem Gerät lief schon eine Sammlung: ${who} hat sie gestartet (${at}). Diese Anfrage verfolgt sie; eine zweite wurde nicht gestartet.`,
  nobodyNamed: words`jemand, den Defender nicht nennt`,
};
