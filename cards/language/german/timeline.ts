import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** The titles of the time line: short, because a fact’s title does not break. */
export const timeline: Catalogue['timeline'] = {
  asked: 'Angefragt',
  confirmed: 'Bestätigt',
  approved: 'Genehmigt',
  denied: 'Abgelehnt',
  cancelled: 'Abgebrochen',
  expired: 'Abgelaufen',
  reminded: 'Erinnert',
  finished: 'Beendet',
  sending: 'Wird gesendet',
  waiting: 'Wartet seit',
  notFollowed: 'Nicht verfolgt',
  givenUp: 'Aufgegeben',
  runningSince: 'Läuft seit',
  sent: 'Gesendet',
  followed: 'Verfolgt seit',
  endedAfter: (when, took) => words`${when}, nach ${took}`,
};
