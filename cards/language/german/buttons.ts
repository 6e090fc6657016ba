import type { Catalogue } from '../catalogue.ts';

/** The titles of buttons. */
export const buttons: Catalogue['buttons'] = {
  collect: 'Sammeln',
  followIt: 'Verfolgen',
  cancel: 'Abbrechen',
  edit: 'Bearbeiten',
  continue: 'Weiter',
  back: 'Zurück',
  signIn: 'Anmelden',
  refresh: 'Aktualisieren',
  keepFollowing: 'Weiter verfolgen',
  cancelCollection: 'Sammlung abbrechen',
  getDownloadLink: 'Downloadlink abrufen',
  downloadPackage: 'Paket herunterladen',
  tryAgain: 'Erneut versuchen',
  retryFailed: 'Fehlgeschlagene wiederholen',
  approve: 'Genehmigen',
  deny: 'Ablehnen',
  askYourAdministrator: 'Administrator fragen',
  showDetails: 'Details anzeigen',
  show: 'Anzeigen',
  openForm: 'Sammeln…',
  status: 'Status',
  history: 'Verlauf',
  newer: 'Neuere',
  older: 'Ältere',
};
