import type { Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, card, text } from './adaptive-card.ts';
import { inButtonRows } from './button-rows.ts';
import { requestButtons } from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { devicesTitle, ofDevices } from './device-words.ts';
import { statusOfRequest, statusWords } from './status.ts';

/** The essentials of a request whose card Teams finds too large: what it is about, how it stands, and the same buttons. */
export function briefCard(
  request: Request,
  context: CardContext,
  buttons: readonly Button[] = requestButtons(request, context),
): AdaptiveCard {
  const [first = '', ...more] = deviceNames(request);
  const { say } = context;
  const names = [clipped(first, 60), ...more];
  const status = statusOfRequest(say, request);
  const brief = card(
    say.requestCard.briefSummary(ofDevices(say, names), status.word),
    [
      text(say.requestCard.kind, { size: 'small', isSubtle: true }),
      text(devicesTitle(say, names), { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(statusWords(status)),
      text(say.requestCard.askedBy(clipped(request.requester.name, 60))),
      text(say.requestCard.tooLarge(say.examples.status)),
    ],
    buttons,
  );
  return inButtonRows(brief);
}
