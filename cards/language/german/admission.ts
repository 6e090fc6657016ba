import { code, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Answers to whoever is not let in. */
export const admission: Catalogue['admission'] = {
  tooMuchByPerson: (seconds) =>
    words`Das war mehr, als ich von einer Person in einer Minute annehmen kann; ich habe nichts davon ausgeführt. Bitte versuchen Sie es in ${seconds} s erneut. ${code('/cancel')} und ${code('/signout')} funktionieren trotzdem.`,
  tooMuchInConversation: (seconds) =>
    words`In dieser Unterhaltung kam mehr, als ich in einer Minute annehmen kann; ich habe nichts davon ausgeführt. Bitte versuchen Sie es in ${seconds} s erneut, oder schreiben Sie mir im 1:1-Chat. ${code('/cancel')} und ${code('/signout')} funktionieren trotzdem.`,
  stale: words`Das kam mehr als 15 Minuten nach dem Absenden bei mir an; ich habe nichts davon ausgeführt. Bitte senden oder klicken Sie noch einmal.`,
};
