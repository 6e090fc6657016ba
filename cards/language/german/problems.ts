import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

const nothing = words`Es wurde nichts gesammelt.`;
const nothingToRepair = words`Bei Ihnen ist nichts zu reparieren.`;

/** Every problem: what happened, what it means for the request, what to do now and who can fix it. */
export const problems: Catalogue['problems'] = {
  correlation: (id) => words`Für den Administrator: Korrelations-ID ${id}`,

  someoneElsesSignIn: {
    what: words`Die Anmeldung brachte das Konto einer anderen Person.`,
    meaning: words`Es ist nicht das Konto der anfragenden Person, daher wurde es nicht verwendet. ${nothing}`,
    next: words`Melden Sie sich erneut an, mit dem Konto, das Sie in diesem Chat verwenden.`,
  },
  otherTenant: {
    what: words`Dieses Konto ist ein Gastkonto oder gehört zu einer anderen Organisation.`,
    meaning: words`Defender würde es hier nicht kennen. ${nothing}`,
    next: words`Bitten Sie ein Mitglied dieser Organisation, den Befehl zu senden.`,
  },
  consentMissing: {
    what: words`Ihre Organisation hat dieser App noch nicht erlaubt, mit Defender zu sprechen.`,
    meaning: words`Bis dahin kann hier niemand sammeln. ${nothing}`,
    next: words`Der Administrator Ihres Mandanten kann es erlauben: Senden Sie ihm den Link hinter ${strong(buttons.askYourAdministrator)}. Klicken Sie dann auf ${strong(buttons.tryAgain)}.`,
  },
  signInRefused: {
    what: (code) => words`Microsoft Entra lässt den Bot nicht im Namen der anfragenden Person handeln${code}.`,
    meaning: words`Defender kann nicht gefragt werden. ${nothing}`,
    next: words`Melden Sie sich erneut an. Wird es wieder abgewiesen, findet der Administrator Ihres Mandanten den Grund im Anmeldeprotokoll.`,
  },
  signInUnavailable: {
    what: words`Der Anmeldedienst von Microsoft hat nicht rechtzeitig geantwortet.`,
    meaning: words`Defender kann im Moment nicht gefragt werden. ${nothing}`,
    next: words`Warten Sie eine Minute, und versuchen Sie es dann erneut. ${nothingToRepair}`,
  },
  botRefused: {
    what: (code) =>
      words`Microsoft akzeptiert den Bot selbst nicht${code}: Seine Anmeldeinformationen oder seine Registrierung stimmen nicht.`,
    meaning: words`Es liegt nicht an der anfragenden Person. Bis das behoben ist, kann der Bot für niemanden etwas tun. ${nothing}`,
    next: words`Geben Sie dem Betreiber des Bots die Korrelations-ID; klicken Sie dann auf ${strong(buttons.tryAgain)}.`,
  },
  proof: {
    meaning: words`Bis dahin darf der Bot nicht im Namen der anfragenden Person handeln. ${nothing}`,
    hasNotHelped: words`Die neue Anmeldung hat nicht geholfen.`,
  },

  deviceNotFound: {
    what: words`Defender zeigt der anfragenden Person kein solches Gerät.`,
    meaning: words`Entweder stimmt die ID oder der Name nicht, oder das Gerät ist in einer Gerätegruppe, die sie nicht sehen darf. ${nothing}`,
    next: words`Vergleichen Sie mit der Seite des Geräts in Defender. Stimmt die Angabe, kann Ihr Defender-Administrator die Gerätegruppe prüfen.`,
  },
  deviceNotSupported: {
    what: (code) => words`Defender kann von diesem Gerät nicht sammeln (${code}).`,
    meaning: words`Nötig sind Windows 10 ab Version 1703 oder Windows 11 und ein aktueller Sensor. ${nothing}`,
    next: words`Aktualisieren Sie System oder Sensor des Geräts, oder sammeln Sie von Hand in einer Live-Response-Sitzung.`,
  },
  alreadyRunningUnseen: {
    what: words`Defender meldet, dass auf diesem Gerät schon eine Sammlung läuft, zeigt sie aber nicht.`,
    meaning: words`Es wurde nichts Neues gestartet, und es gibt nichts, was der Bot verfolgen könnte.`,
    next: words`Warten Sie einige Minuten, und klicken Sie dann auf ${strong(buttons.tryAgain)}. Vielleicht zeigt das Info-Center des Geräts in Defender sie früher.`,
  },

  permissionMissing: {
    what: (permission) => words`Dieser App fehlt die Defender-Berechtigung ${strong(permission)}.`,
    meaning: words`Defender weist den Aufruf ab, wer auch immer fragt. ${nothing}`,
    next: words`Der Administrator Ihres Mandanten kann den delegierten Berechtigungen ${strong('Machine.Read')} und ${strong('Machine.CollectForensics')} zustimmen. Klicken Sie dann auf ${strong(buttons.tryAgain)}.`,
  },
  notPermitted: {
    what: words`Defender erlaubt das der anfragenden Person nicht und sagt nicht, warum.`,
    meaning: words`Vielleicht umfasst ihre Defender-Rolle es nicht oder reicht nicht bis zur Gruppe dieses Geräts; vielleicht enthält der Plan diese Aktion nicht; oder das Token des Bots gilt für einen anderen Dienst. ${nothing}`,
    next: words`Ihr Defender-Administrator kann ${strong('Alerts investigation')} und ${strong('View data')} (in Unified RBAC: ${strong('Alerts (manage)')} und ${strong('Security data basics (read)')}) für die Gruppe des Geräts erteilen und den Plan prüfen. Eine andere Person Ihres Teams, die diese Rechte hat, kann auf ${strong(buttons.tryAgain)} klicken. Darf es niemand, sagen Sie es dem Betreiber des Bots.`,
  },
  actionNotOffered: {
    what: (code) => words`Defender bietet diese Aktion hier nicht an (${code}).`,
    meaning: words`Nötig ist Defender für Endpunkt Plan 2, und sie darf nicht abgeschaltet sein. ${nothing}`,
    next: words`Ihr Defender-Administrator kann den Plan und die Einstellungen für dieses Gerät prüfen.`,
  },
  notAsApproved: {
    what: words`Was gesendet werden sollte, ist nicht das, was genehmigt wurde.`,
    meaning: words`Gerät, Grund oder anfragende Person wurde nach der Genehmigung geändert, und nicht vom Bot. ${nothing}`,
    next: words`Sagen Sie es dem Betreiber des Bots: Vielleicht hat jemand seine Datenbank verändert. ${strong(buttons.tryAgain)} bittet um eine neue Genehmigung.`,
  },

  throttled: {
    what: words`Defender hat zu viele Aufrufe bekommen und nimmt im Moment keine mehr an.`,
    meaning: nothing,
    next: (until) => words`Versuchen Sie es ab ${until} erneut. ${nothingToRepair}`,
  },
  noBudget: {
    what: words`Defender erlaubt nur eine begrenzte Zahl von Aufrufen je Minute und Stunde, und der Bot hat sie verbraucht.`,
    meaning: nothing,
    next: (wait) => words`Versuchen Sie es in ${wait} erneut. ${nothingToRepair}`,
  },
  defenderRefused: {
    what: (answer) => words`Defender hat den Aufruf abgewiesen (${answer}).`,
    meaning: nothing,
    next: words`Noch einmal dasselbe würde wieder abgewiesen. Sagen Sie es dem Betreiber des Bots: Über Status, Code und Korrelations-ID findet er den Aufruf.`,
  },
  defenderUnavailable: {
    what: words`Defender hat nicht geantwortet oder einen eigenen Fehler gemeldet.`,
    meaning: nothing,
    next: words`Warten Sie einige Minuten, und versuchen Sie es dann erneut. ${nothingToRepair}`,
  },
  outcomeUnknown: {
    what: words`Defender hat nie gemeldet, ob die Sammlung gestartet wurde.`,
    meaning: words`Vielleicht läuft sie, vielleicht nicht. Der Bot konnte nicht nachsehen und sendet nicht auf Verdacht ein zweites Mal.`,
    next: words`Sehen Sie im Info-Center des Geräts in Defender nach. Läuft dort nichts, klicken Sie auf ${strong(buttons.tryAgain)}.`,
  },
  defenderUnreadable: {
    what: words`Die Antwort von Defender war keine, die der Bot versteht.`,
    meaning: words`Aus einer solchen Antwort rät der Bot nicht.`,
    next: words`Versuchen Sie es einmal erneut. Bleibt es dabei, sagen Sie es dem Betreiber des Bots.`,
  },
};
