import { code } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Examples of what can be typed. Commands are the same in every language; reasons are not. */
export const examples: Catalogue['examples'] = {
  collect: code('/collect lap-0042 verdächtige Anmeldung, Alarm 1234'),
  help: code('/help'),
  status: code('/status'),
  history: code('/history lap-0042'),
  cancel: code('/cancel 5382f7ea-7557-4ab7-9782-d50480024a4e falsches Gerät'),
};
