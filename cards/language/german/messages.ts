import { code, strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Messages beside the card. */
export const messages: Catalogue['messages'] = {
  cannotPostAnyMore: (where, reason) =>
    words`Das haben Sie ${where} angefragt, wo ich nicht mehr schreiben kann: „${reason}“.`,
  cannotPost: (where, reason) => words`Das haben Sie ${where} angefragt, wo ich nicht schreiben kann: „${reason}“.`,
  nothingSentAddMe: words`An Defender wurde nichts gesendet. Bitten Sie, wer sich um die Unterhaltung kümmert, mich hinzuzufügen, oder senden Sie den Befehl hier: ${examples.collect}`,
  wasRemoved: (devices, where, reason) =>
    words`Sie haben ein Untersuchungspaket von ${devices} ${where} angefragt, wo ich entfernt wurde: „${reason}“.`,
  movedProposed: words`An Defender wurde nichts gesendet, und dort kann es niemand mehr bestätigen. Um noch einmal zu fragen, senden Sie den Befehl hier: ${examples.collect}`,
  movedAwaiting: words`Die Anfrage wartet auf eine Genehmigung; an Defender wurde nichts gesendet. Kann sie niemand mehr genehmigen, senden Sie den Befehl dort, wo ich bin: ${examples.collect}`,
  movedConfirmed: words`In Defender läuft sie weiter, und ich melde Ihnen hier, wie sie endet. ${examples.status} zeigt den Stand.`,
  movedOver: words`Die Anfrage ist beendet. ${examples.status} zeigt, wie.`,

  statusShowsMore: words`${examples.status} zeigt mehr.`,
  wasDenied: words`Ihre Anfrage wurde abgelehnt.`,
  wasUnapproved: words`Niemand hat Ihre Anfrage rechtzeitig genehmigt.`,
  waitsForApproval: words`Ihre Anfrage wartet auf eine Genehmigung.`,
  waitsForSignIn: words`Etwas wartet auf Ihre Anmeldung.`,

  unasked: words`Eine zweite Person muss sie genehmigen, und dort kann ich niemanden fragen. Es wurde nichts gesendet. Um anderswo zu fragen, senden Sie den Befehl in einer Unterhaltung, in der ich bin: ${examples.collect}`,
  denied: (by, reason) => words`${by} hat Ihre Anfrage abgelehnt: „${reason}“. Es wurde nichts gesendet.`,
  unapproved: words`Niemand hat Ihre Anfrage rechtzeitig genehmigt. Es wurde nichts gesendet.`,
  lateEnd: (end) => words`Defender meldet jetzt, wie es ausging. ${end}`,
  unfollowed: (devices) =>
    words`Ihre Anmeldung ist abgelaufen, deshalb kann ich die Sammlung von ${devices} nicht mehr verfolgen. In Defender läuft sie weiter.`,
  unsent: (devices) => words`Ihre Anmeldung ist abgelaufen, bevor die Sammlung von ${devices} gesendet wurde.`,
  unclear: (devices) =>
    words`Ihre Anmeldung ist abgelaufen, bevor ich sehen konnte, ob die Sammlung von ${devices} läuft.`,
  signInAbove: words`Klicken Sie auf der Karte oben auf ${strong(buttons.signIn)}; der Rest geht von selbst.`,
  signInHere: words`Melden Sie sich hier an (beim nächsten ${code('/collect')} werden Sie gefragt); der Rest geht von selbst.`,
};
