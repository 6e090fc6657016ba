import { link, strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What `/status` and `/history` show, and their answers where there is nothing to show or to stop. */
export const lists: Catalogue['lists'] = {
  onlyYou: words`Nur für Sie sichtbar`,
  none: words`Es gibt nichts.`,
  ownRequests: words`Ihre Anfragen`,
  ownCollections: words`Ihre Sammlungen`,
  oneCollection: words`Sammlung`,
  openDevice: (url) => words`${link('Gerät in Defender öffnen', url)}`,
  guessedName: (name) =>
    words`Das hat Defender unter ${strong(name)}, dem Namen Ihrer Anmeldung. Führt Defender Sie unter einem anderen Namen, fehlt hier etwas; ich lerne ihn mit der ersten Sammlung, die Sie starten.`,
  lastKnownSignedOut: words`Sie sind nicht angemeldet, deshalb ist dies mein letzter Stand. ${strong(buttons.signIn)} zeigt, was Defender jetzt meldet.`,
  lastKnown: words`Deshalb ist dies mein letzter Stand.`,
  askForOne: words`So fordern Sie ein Paket an: ${examples.collect}`,
  pageOf: (page, pages) => words`Seite ${page} von ${pages}, neueste zuerst.`,

  sameName: (name) => words`Mehrere Geräte heißen „${name}“. Welches meinen Sie?`,
  nearName: (name) => words`Defender zeigt Ihnen kein Gerät „${name}“. Meinen Sie eines von diesen?`,
  device: 'Gerät',
  pickOne: 'Wählen Sie eines der Geräte aus.',
  whichDevice: words`Welches Gerät?`,
  signInNeeded: words`Anmeldung nötig`,
  signInFirst: words`Defender antwortet Ihnen, nicht mir: Melden Sie sich an, dann geht es von selbst weiter.`,
  ifNothingHappens: words`Geschieht nichts, klicken Sie noch einmal: Dann sende ich Ihnen eine Anmeldung in unserem 1:1-Chat.`,

  asked: (when, where, reason) => words`Angefragt ${when} ${where}: ${reason}`,
  undelivered: words`Teams hat die Karte oder Nachricht nicht angenommen; dort kann sie fehlen oder veraltet sein.`,
  collectionOf: (when) => words`Sammlung vom ${when}`,
  namelessDevice: 'Ein Gerät, das Defender nicht nennt',
  started: (when, who) => words`Gestartet ${when} von ${who}`,
  endedAfter: (duration) => words`, beendet nach ${duration}`,
  nobodyNamed: words`jemandem, den Defender nicht nennt`,
  notThroughMe: words`Sie wurde nicht über mich angefragt.`,
  followsToo: (name, where) => words`${name} verfolgt sie ebenfalls ${where}.`,
  askedMe: (name, where) => words`${name} hat mich ${where} darum gebeten.`,
  followedByMore: (count) => words`Von ${count} weiteren wird sie verfolgt.`,
  inPersonalChat: words`in einem 1:1-Chat mit mir`,
  quoted: (theirs) => words`„${theirs}“`,

  aboutNothing: (typed) =>
    words`„${typed}“ ist weder eine Geräte-ID noch ein Computername noch eine Aktions-ID. Zum Beispiel: ${examples.history}`,
  unknownDevice: (name) =>
    words`Defender zeigt Ihnen kein Gerät „${name}“: Es gibt keines, oder es ist in einer Gerätegruppe, die Sie nicht sehen dürfen. Prüfen Sie den Namen, oder senden Sie den Befehl noch einmal mit der Geräte-ID.`,
  unknownAction: words`Defender zeigt Ihnen keine Sammlung mit dieser Aktions-ID: Es gibt keine, sie betrifft ein Gerät, das Sie nicht sehen dürfen, oder sie hat erst vor Sekunden begonnen. ${examples.status} zeigt Ihre eigenen.`,
  unknownName: words`Ich weiß noch nicht, unter welchem Namen Defender Sie führt; ich lerne ihn mit der ersten Sammlung, die Sie starten. Fragen Sie bis dahin nach einem Gerät: ${examples.history}`,
  tooLate: words`Defender antwortet langsam. Klicken Sie in einer Minute noch einmal auf die Schaltfläche.`,
  otherSignIn: words`Die Anmeldung kam nicht bei mir an, deshalb habe ich Ihnen in unserem 1:1-Chat eine weitere gesendet. Klicken Sie dort auf ${strong(buttons.signIn)} und dann noch einmal auf diese Schaltfläche.`,
};
