import type { Catalogue } from '../catalogue.ts';

/** Every word of the tab's page that the server does not send. */
export const tabPage: Catalogue['tabPage'] = {
  title: 'Sammlungen',
  noScript: 'Diese Seite braucht JavaScript. Öffnen Sie sie als Registerkarte von Collector in Microsoft Teams.',

  filters: 'Filter',
  stage: 'Status',
  everyStage: 'Alle',
  device: 'Gerät',
  person: 'Angefragt von',
  from: 'Von',
  to: 'Bis',
  clear: 'Filter löschen',
  reload: 'Neu laden',

  list: 'Sammlungen, neueste zuerst',
  loading: 'Sammlungen werden geladen…',
  found: (count) => (count === 1 ? '1 Sammlung' : `${count} Sammlungen`),
  cut: 'Es gibt mehr als diese. Grenzen Sie sie mit den Filtern ein.',
  empty: 'Hier gibt es noch keine Sammlungen.',
  emptyHow:
    'Defender zeigt Ihnen keine aus dieser Zeit. Fragen Sie eine in einem Chat mit Collector an: /collect, das Gerät und der Grund.',
  nothingFits: 'Nichts passt zu diesen Filtern.',
  openChat: 'Chat mit Collector öffnen',
  askedBy: (who, when) => `Angefragt von ${who}, ${when}`,
  quoted: (reason) => `„${reason}“`,

  card: 'Ausgewählte Sammlung',
  back: 'Zurück zur Liste',
  opening: 'Karte wird geöffnet…',
  working: 'Einen Moment…',
  done: 'Die Karte ist aktuell.',
  askedAgain: 'Erneut angefragt: Die neue Anfrage steht in der Liste, ihre Karte in der Unterhaltung.',
  choose: 'Wählen Sie eine Sammlung aus, um ihre Karte zu sehen.',

  failed: 'Die Sammlungen konnten nicht geladen werden.',
  failedHow: 'Ihr Netzwerk oder Collector hat nicht wie erwartet geantwortet. Es wurde nichts geändert.',
  again: 'Erneut versuchen',

  signedOut: 'Teams hat Sie hier nicht angemeldet.',
  signedOutHow:
    'Defender antwortet Ihnen, nicht dieser Seite, und braucht deshalb Ihre Anmeldung. Versuchen Sie es noch einmal; scheitert es wieder, muss Ihr Administrator Collector für Ihre Organisation zulassen.',
  signIn: 'Anmelden',

  outside: 'Diese Seite gehört in Microsoft Teams.',
  outsideHow: 'Nur dort weiß sie, wer Sie sind. Öffnen Sie sie als Registerkarte von Collector.',
  openInTeams: 'In Teams öffnen',

  setUp:
    'Jede Person sieht hier, was Defender ihr zeigt. Klicken Sie auf „Speichern“, um die Registerkarte hinzuzufügen.',

  stages: {
    open: 'Läuft',
    succeeded: 'Erfolgreich',
    failed: 'Ohne Paket',
    stopped: 'Gestoppt',
  },
};
