import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { examples } from './examples.ts';

/** The help card. */
export const help: Catalogue['help'] = {
  summary: words`Collector sammelt Untersuchungspakete mit Defender. Zum Beispiel: ${examples.collect}`,
  about: words`Ich bitte Microsoft Defender for Endpoint, ein Untersuchungspaket von einem Gerät zu sammeln, in Ihrem Namen und mit Ihren eigenen Rechten, und melde in dieser Unterhaltung, wie es endet. Bevor Sie bestätigen, wird nichts gesendet.`,
  collect: words`Zeigt Ihnen das Gerät und sammelt, sobald Sie bestätigen.`,
  status: words`Zeigt, wie es um Ihre Anfragen steht; die Antwort sehen nur Sie.`,
  history: words`Zeigt frühere Sammlungen, die Sie sehen dürfen.`,
  cancel: words`Bricht eine laufende Sammlung ab; die ID ist die Aktions-ID von Defender.`,
  help: words`Zeigt diese Hilfe.`,
  signout: words`Lässt mich Ihre Anmeldung bei Defender vergessen.`,
  how: words`Erwähnen Sie mich in einem Kanal oder Gruppenchat zuerst, oder geben Sie den Befehl nach einem Schrägstrich ein. Das Gerät ist seine Geräte-ID in Defender oder sein Name.`,
};
