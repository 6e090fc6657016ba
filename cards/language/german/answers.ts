import { code, strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Answers to what somebody typed or clicked and that cannot go on. */
export const answers: Catalogue['answers'] = {
  reasonMissing: words`Der Grund fehlt. Nennen Sie ihn in wenigen Worten.`,
  cancelWhat: words`Welche Aktion, und warum? Die Aktions-ID steht im Info-Center von Defender. Zum Beispiel: ${examples.cancel}`,
  actionEnded: (id, status) => words`Die Aktion ${code(id)} ist beendet. Defender meldet: ${strong(status)}.`,
  cancelAsked: (id, status) =>
    words`Defender wurde gebeten, die Aktion ${code(id)} abzubrechen. Noch meldet Defender: ${strong(status)}. Sie kann trotzdem erfolgreich enden; das Ende zeigt die Karte der Anfrage.`,
  twoCommands: words`Die Nachricht enthält zwei Befehle; ich habe keinen ausgeführt. Senden Sie jeden in einer eigenen Nachricht. Zum Beispiel: ${examples.collect}`,
  unknownCommand: (typed, nearest) =>
    words`„${typed}“ kenne ich nicht. Meinten Sie ${nearest}? ${examples.help} zeigt alle Befehle.`,
  empty: words`Ich lese nur Text, und hier war keiner. Zum Beispiel: ${examples.collect}. ${examples.help} zeigt alle Befehle.`,
  edited: words`Bearbeitete Nachrichten lese ich nicht. Senden Sie den Befehl als neue Nachricht.`,

  notForYou: (who) =>
    words`Diese Anfrage gehört ${who}; nur ${who} kann das tun. So fordern Sie selbst ein Paket an: ${examples.collect}`,
  olderRevision: words`Die Karte war veraltet, deshalb wurde nichts geändert. Hier ist die aktuelle: Prüfen Sie sie, und klicken Sie dann.`,
  notNow: (status) =>
    words`Das geht gerade nicht: Die Anfrage steht auf „${status}“. Was möglich ist, zeigt die Karte.`,
  needsAnother: words`Die Anfrage ist von Ihnen, also muss jemand anders entscheiden. Mit ${strong(buttons.cancel)} ziehen Sie sie zurück.`,
  nothingTicked: words`Kein Gerät ist ausgewählt, deshalb wurde nichts gesendet. Wählen Sie mindestens eines aus, oder klicken Sie auf ${strong(buttons.cancel)}.`,
  nobodyToApprove: words`Eine zweite Person muss das genehmigen, und in diesem Chat ist sonst niemand. Es wurde nichts gesendet. Senden Sie denselben Befehl in einem Kanal oder Gruppenchat, in dem ich bin.`,
  nothingNew: (status) => words`Es hat sich nichts geändert: Die Anfrage steht auf „${status}“.`,
  unknownRequest: words`Diese Karte ist nicht mehr bekannt. So fordern Sie ein Paket an: ${examples.collect}`,
  unreadableClick: words`Diesen Klick konnte ich nicht lesen; es wurde nichts geändert. ${examples.status} zeigt Ihre Anfragen.`,

  signInCancelled: words`Sie haben die Anmeldung abgebrochen; an Defender wurde nichts gesendet. Klicken Sie auf der Karte auf ${strong(buttons.signIn)}, wenn Sie so weit sind.`,
  signInFailed: words`Die Anmeldung hat nicht geklappt; an Defender wurde nichts gesendet. Klicken Sie noch einmal auf ${strong(buttons.signIn)}. Scheitert es wieder, wenden Sie sich an den Administrator Ihres Mandanten.`,
  signedOut: words`Sie sind abgemeldet.`,
  goesOnUnfollowed: (followed) =>
    followed === 1
      ? words`Eine Sammlung läuft in Defender weiter, aber ich verfolge sie nicht mehr in Ihrem Namen: Kolleginnen und Kollegen können auf der Karte auf ${strong(buttons.keepFollowing)} klicken.`
      : words`${followed} Sammlungen laufen in Defender weiter, aber ich verfolge sie nicht mehr in Ihrem Namen: Kolleginnen und Kollegen können auf der Karte auf ${strong(buttons.keepFollowing)} klicken.`,
  waitsForSignIn: (waiting) =>
    waiting === 1
      ? words`Eine Ihrer Anfragen wartet auf Ihre nächste Anmeldung.`
      : words`${waiting} Ihrer Anfragen warten auf Ihre nächste Anmeldung.`,
  nextSignIn: words`Beim nächsten ${code('/collect')} werden Sie gebeten, sich anzumelden.`,

  nothingToShow: words`Es gibt nichts anzuzeigen. So fordern Sie ein Paket an: ${examples.collect}`,
  unforeseen: (correlationId) =>
    words`Bei mir ist etwas schiefgegangen; es ist protokolliert. Versuchen Sie es in einer Minute erneut. ${examples.status} zeigt, wie es um Ihre Anfragen steht. Für den Administrator: Korrelations-ID ${correlationId}`,
  stillAtIt: (correlationId) =>
    words`Ich bin noch dabei: Ein Dienst, den ich brauche, ist langsam. Folgt binnen einer Minute nichts, senden Sie es noch einmal. Für den Administrator: Korrelations-ID ${correlationId}`,
  useTheButton: 'Die Anmeldung wurde nicht übernommen; verwenden Sie die Schaltfläche.',
  somebody: 'Jemand',
};
