import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What a conversation reads where people of other organisations read along. */
export const guarded: Catalogue['guarded'] = {
  summary: (devices, status, requester) =>
    words`Untersuchungspaket von ${devices}: ${status}. Angefragt von ${requester}.`,
  toYouAlone: words`${strong(buttons.showDetails)} zeigt sie nur Ihnen, wenn Sie zur Organisation des Bots gehören.`,
  mixed: words`Hier lesen Personen von außerhalb der Organisation mit, daher nennt diese Karte weder Gerät noch Grund.`,
  unknown: words`Ich konnte nicht sehen, wer hier mitliest, daher nennt diese Karte weder Gerät noch Grund.`,
};
