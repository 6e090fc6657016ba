import { link, strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** Where a collection stands, what that means, and what to do now. */
export const collection: Catalogue['collection'] = {
  onItsWay: words`Die Anfrage ist auf dem Weg zu Defender.`,
  retriesItself: words`Es wurde nichts gesendet. Der Bot versucht es bis zu einer Stunde lang von selbst erneut; niemand muss etwas tun.`,
  answerLost: (requester) =>
    words`Sie wurde gesendet, aber die Antwort von Defender ging verloren, und die Anmeldung von ${requester} ist abgelaufen.`,
  signInToLook: (requester) =>
    words`${requester} muss sich erneut anmelden, damit der Bot nachsehen kann, ob die Sammlung läuft. Sie wird nicht zweimal gesendet.`,
  alreadyRunning: words`Defender meldet, dass auf diesem Gerät schon eine Sammlung läuft. Der Bot sucht sie.`,
  signInToSend: (requester, until) =>
    words`${requester} muss sich erneut anmelden, bevor gesendet werden kann. Die Anfrage wartet bis ${until}; nach der Anmeldung geht es von selbst weiter.`,
  queuedFor: (length) =>
    words`In der Warteschlange, etwa ${length}: Defender erlaubt nur eine begrenzte Zahl von Aufrufen, und andere waren zuerst da.`,
  sentByItself: (at) => words`Um ${at} wird von selbst gesendet; niemand muss etwas tun.`,
  sendAdministrator: (url) =>
    words`Der Administrator Ihres Mandanten kann es erlauben; senden Sie ihm diesen Link: ${link(buttons.askYourAdministrator, url)}.`,

  accepted: words`Defender hat die Sammlung angenommen und wartet auf das Gerät. Ist es offline, kann das Stunden oder Tage dauern; der Bot verfolgt die Sammlung bis zu 3 Tage lang.`,
  collecting: words`Das Gerät sammelt. Das dauert meist 2 bis 5 Minuten.`,
  unwatched: (lastWatcher) =>
    words`Die Anmeldung von ${lastWatcher} ist abgelaufen, daher sieht der Bot nicht, wie es weitergeht. In Defender läuft die Sammlung weiter.`,
  watchAgain: (requester) =>
    words`${requester} kann auf ${strong(buttons.signIn)} klicken; alle, die dieses Gerät in Defender sehen dürfen, können auf ${strong(buttons.keepFollowing)} klicken.`,

  openDevice: (url) => link('Gerät in Defender öffnen', url),
  ready: words`Das Paket liegt in Defender. ${strong(buttons.getDownloadLink)} zeigt nur Ihnen einen Link, sofern Ihre eigene Defender-Rolle es erlaubt.`,
  failed: words`Das Gerät konnte die Sammlung nicht abschließen; es gibt kein Paket.`,
  whyFailed: (device) =>
    words`Ein schwacher Akku oder eine getaktete Verbindung kann die Ursache sein. ${device}. Klicken Sie danach auf ${strong(buttons.tryAgain)}.`,
  timedOut: words`Das Gerät hat nicht rechtzeitig geantwortet; es gibt kein Paket.`,
  whyTimedOut: (device) =>
    words`Prüfen Sie, ob es eingeschaltet und online ist, und klicken Sie dann auf ${strong(buttons.tryAgain)}. ${device}.`,
  cancelled: words`Die Sammlung wurde in Defender abgebrochen; es gibt kein Paket.`,
  unresolved: words`Auch nach 3 Tagen hat Defender nicht gemeldet, wie es ausging; der Bot verfolgt die Sammlung nicht mehr. Sie kann noch enden.`,
  lastWord: (status, device) =>
    words`Zuletzt meldete Defender: ${strong(status)}. ${strong(buttons.refresh)} fragt noch einmal, in Ihrem Namen; oder sehen Sie selbst nach: ${device}.`,
  withdrawn: (requester) =>
    words`${requester} hat sie zurückgezogen, bevor sie gesendet wurde. Defender wurde um nichts gebeten.`,
  expired: (requester) =>
    words`${requester} hat sich nicht rechtzeitig erneut angemeldet, daher wurde nie etwas gesendet. ${strong(buttons.tryAgain)} beginnt neu.`,
};
