import type { MachineAction } from '../src/domain/machine-action.ts';
import { type AdaptiveCard, card, privateButton, text } from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import type { Catalogue } from './language/catalogue.ts';
import { deviceOf } from './list-rows.ts';
import { starter } from './ownership-words.ts';
import type { CancelAction } from './private-action.ts';
import { moment, words } from './words.ts';

/** Asks once more before somebody else's action is stopped, and names them. For the eyes of the one who typed it. */
export function cancelOthersCard(say: Catalogue, wish: CancelAction, action: MachineAction): AdaptiveCard {
  const said = say.cancellation;
  const device = clipped(deviceOf(say, action), 120);
  const whose = said.notYours(starter(say, action), moment(action.createdAt));
  return card(
    said.sure(device, whose),
    [
      text(said.onlyYou, { size: 'small', isSubtle: true }),
      text(words`${device}`, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(whose, { spacing: 'small' }),
      text(said.yourReason(clipped(wish.why, 300)), { spacing: 'small' }),
      text(said.leaveRunning, { size: 'small', isSubtle: true, spacing: 'small' }),
    ],
    [privateButton(say.buttons.cancelCollection, { ...wish, verb: 'cancelOthersAction' }, 'destructive')],
  );
}
