/** Whole commands, as they are typed in 1:1. Sentences import them from here, in each language its own. */
import { code } from '../../words.ts';

/** Examples of what can be typed. */
export const examples = {
  collect: code('/collect lap-0042 suspicious logon, alert 1234'),
  help: code('/help'),
  status: code('/status'),
  history: code('/history lap-0042'),
  cancel: code('/cancel 5382f7ea-7557-4ab7-9782-d50480024a4e wrong device'),
};
