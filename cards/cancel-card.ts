import type { MachineAction } from '../src/domain/machine-action.ts';
import { type AdaptiveCard, card, privateButton, text } from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import { deviceOf, requestorWords } from './list-rows.ts';
import type { CancelAction } from './private-action.ts';
import { moment, words } from './words.ts';

/** Asks once more before somebody else's action is stopped, and names them. For the eyes of the one who typed it. */
export function cancelOthersCard(wish: CancelAction, action: MachineAction): AdaptiveCard {
  const device = clipped(deviceOf(action), 120);
  const whose = words`This collection is not yours: ${requestorWords(action)} started it at ${moment(action.createdAt)}. Cancelling stops it for them, too.`;
  return card(
    words`Cancel the collection of ${device}? ${whose}`,
    [
      text(words`Only you can see this`, { size: 'small', isSubtle: true }),
      text(words`${device}`, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(whose, { spacing: 'small' }),
      text(words`Your reason: “${clipped(wish.why, 300)}”`, { spacing: 'small' }),
      text(words`To leave it running, do nothing.`, { size: 'small', isSubtle: true, spacing: 'small' }),
    ],
    [privateButton('Cancel collection', { ...wish, verb: 'cancelOthersAction' }, 'destructive')],
  );
}
