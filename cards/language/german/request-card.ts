import { link, strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What frames every view of a request. */
export const requestCard: Catalogue['requestCard'] = {
  kind: words`Untersuchungspaket`,
  onlyYou: words`Untersuchungspaket. Diese Ansicht sehen nur Sie.`,
  reason: words`Grund`,
  quoted: (theirs) => words`„${theirs}“`,
  summary: (devices, status, requester, reason) =>
    words`Untersuchungspaket von ${devices}: ${status}. Angefragt von ${requester}: „${reason}“`,
  briefSummary: (devices, status) => words`Untersuchungspaket von ${devices}: ${status}.`,
  leftOut: (count, names) =>
    count === 1
      ? words`Ausgelassen, dafür wurde nichts gesendet: ${names}`
      : words`Ausgelassen, für diese ${count} wurde nichts gesendet: ${names}`,
  takenBack: (requester) => words`${requester} hat die Anfrage zurückgezogen. An Defender wurde nichts gesendet.`,
  openInTab: (url) => words`${link('Auf der Registerkarte „Sammlungen“ öffnen', url)}`,
  askedBy: (requester) => words`Angefragt von ${requester}`,
  approvedBy: (requester, approver) => words`Angefragt von ${requester}, genehmigt von ${approver}`,
  rightDevices: (requester, until) =>
    words`Sind das die richtigen Geräte? Noch wurde nichts gesendet. ${requester} kann abwählen, was ausgelassen werden soll, und bis ${until} auf ${strong(buttons.collect)} klicken.`,
  done: (ended, all) => words`${ended} von ${all} beendet`,
  failed: (count) => words`, ${count} fehlgeschlagen`,
  cancelled: (count) => words`, ${count} abgebrochen`,
  tooLarge: (status) => words`Die ganze Karte ist Teams zu groß, daher ist dies die kurze. ${status} zeigt mehr.`,
};
