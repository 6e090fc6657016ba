import type { Catalogue } from '../catalogue.ts';

/** The word of each status. */
export const status: Catalogue['status'] = {
  signInNeeded: 'Anmeldung nötig',
  looking: 'Gerät wird gesucht',
  whichDevice: 'Welches Gerät?',
  waitsForConfirmation: 'Wartet auf Bestätigung',
  cannotGoOn: 'Kann nicht fortfahren',
  sending: 'Wird gesendet',
  notFollowed: 'Wird nicht verfolgt',
  outcomeUnknown: 'Ausgang unbekannt',
  refused: 'Abgewiesen',
  withdrawn: 'Vor dem Senden abgebrochen',
  expired: 'Abgelaufen',
  noEndSeen: 'Kein Ende gesehen',
  queued: 'In der Warteschlange',
  delayed: 'Verzögert',
  waitsForApproval: 'Wartet auf Genehmigung',
  denied: 'Abgelehnt',
  cancelled: 'Abgebrochen',
  nothingToDo: 'Nichts zu tun',
  finishedInPart: 'Teilweise abgeschlossen',
  finishedWithoutPackage: 'Ohne Paket abgeschlossen',
  namedTwice: 'Doppelt genannt',
  ofAction: {
    Pending: 'Ausstehend',
    InProgress: 'In Bearbeitung',
    Succeeded: 'Erfolgreich',
    Failed: 'Fehlgeschlagen',
    TimeOut: 'Zeitüberschreitung',
    Cancelled: 'Abgebrochen',
  },
};
