import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** Answers that have to do with where and when, not with a request. */
export const edge: Catalogue['edge'] = {
  notServedHere: words`In dieser Unterhaltung bin ich nicht im Dienst: Wer mich betreibt, hat andere dafür ausgewählt. Fragen Sie dort, oder fragen Sie Ihren Administrator, welche das sind.`,
  notInChat: words`In diesem Chat bin ich nicht Mitglied und könnte die Karte hier nicht senden. Schreiben Sie mir stattdessen in unserem 1:1-Chat: ${examples.collect}`,
  stillWaiting: words`Defender antwortet langsam, und ich warte noch. Ändert sich die Karte binnen einer Minute nicht, klicken Sie noch einmal auf die Schaltfläche.`,
  linkTooLate: words`Defender antwortet langsam, deshalb gibt es noch keinen Link. Klicken Sie in einer Minute noch einmal auf ${strong(buttons.getDownloadLink)}.`,
};
