import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What is said once where the bot was added. */
export const welcome: Catalogue['welcome'] = {
  addedBy: (tag) => `${tag} hat mich zu dieser Unterhaltung hinzugefügt.`,
  addedCollector: (name) => words`${name} hat Collector zu dieser Unterhaltung hinzugefügt.`,
  does: words`Ich bitte Microsoft Defender for Endpoint, ein Untersuchungspaket von einem Gerät zu sammeln, halte hier eine Karte dazu aktuell und melde, wie es geendet hat. Zum Beispiel: ${examples.collect}`,
  never: words`Was ich nie tue: sammeln, bevor jemand das Gerät gesehen und auf ${strong(buttons.collect)} geklickt hat; eigene Rechte nutzen, denn Defender sieht die Person, die fragt; einen Downloadlink oder das, was Defender einer Person zeigt, anderen zeigen; Personen ungefragt einzeln anschreiben.`,
  how: words`Erwähnen Sie mich, oder geben Sie einen Befehl nach einem Schrägstrich ein. ${examples.help} zeigt alle Befehle.`,
};
