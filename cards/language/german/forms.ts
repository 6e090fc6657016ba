import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Cards with a field to type into. */
export const forms: Catalogue['forms'] = {
  editTitle: words`Grund bearbeiten`,
  editHow: words`Er kommt in den Kommentar von Defender, und alle in dieser Unterhaltung sehen ihn.`,
  downloadTitle: words`Downloadlink abrufen`,
  downloadHow: words`Der Link ist nur für Sie, wenn Ihre eigene Defender-Rolle es erlaubt.`,
  cancelTitle: words`Sammlung abbrechen`,
  cancelHow: words`Defender wird in Ihrem Namen gebeten, sie abzubrechen. Sie kann vorher noch fertig werden; dann zeigt es die Karte.`,
  cancelWhy: 'Warum sie abgebrochen wird',
  cancelExample: 'zum Beispiel: falsches Gerät',
  manyOfOthers: (count) =>
    words`Achtung: ${count} dieser Sammlungen haben andere gestartet; die Karte zeigt, wer. Wenn Sie abbrechen, enden sie für alle.`,
  ofOthers: (device, whose) =>
    words`Achtung: Die Sammlung auf ${device} läuft schon: ${whose} hat sie gestartet. Wenn Sie abbrechen, endet sie auch dort.`,
  unsent: (requester) => words`Was noch nicht gesendet ist, wird sofort zurückgezogen, wenn ${requester} klickt.`,
  denyTitle: words`Sammlung ablehnen`,
  denyHow: (requester, reason) =>
    words`${requester} fragt sie an: „${reason}“. Alle in dieser Unterhaltung sehen, warum Sie ablehnen.`,
  denyWhy: 'Warum sie abgelehnt wird',
  denyExample: 'zum Beispiel: kein Alarm auf diesem Gerät',
};
