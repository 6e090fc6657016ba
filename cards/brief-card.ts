import type { Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Button, card, text } from './adaptive-card.ts';
import { requestButtons } from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceNames } from './device-names.ts';
import { devicesTitle } from './device-words.ts';
import { statusExample } from './examples.ts';
import { statusOfRequest, statusWords } from './status.ts';
import { words } from './words.ts';

/** The essentials of a request whose card Teams finds too large: what it is about, how it stands, and the same buttons. */
export function briefCard(
  request: Request,
  context: CardContext,
  buttons: readonly Button[] = requestButtons(request, context),
): AdaptiveCard {
  const [first = '', ...more] = deviceNames(request);
  const title = devicesTitle([clipped(first, 60), ...more]);
  const status = statusOfRequest(request);
  return card(
    words`Investigation package of ${title}: ${status.word}.`,
    [
      text(words`Investigation package`, { size: 'small', isSubtle: true }),
      text(title, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(statusWords(status)),
      text(words`Asked by ${clipped(request.requester.name, 60)}`),
      text(words`Teams finds the whole card too large, so this is the short one. ${statusExample} shows more.`),
    ],
    buttons,
  );
}
