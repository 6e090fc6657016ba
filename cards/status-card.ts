import type { Request } from '../src/domain/request.ts';
import { type AdaptiveCard, type Container, card, group, text } from './adaptive-card.ts';
import { devicesTitle } from './device-words.ts';
import { collectExample } from './examples.ts';
import { deviceNames } from './request-card.ts';
import { statusOfRequest, statusWords } from './status.ts';
import { inOneLine, moment, words } from './words.ts';

/** Answers `/status`: the asker's newest requests, newest first. For the asker's eyes alone. */
export function statusAnswer(requests: readonly Request[]): AdaptiveCard {
  const each = requests.map(
    (request) => words`${devicesTitle(deviceNames(request))}: ${statusOfRequest(request).word}.`,
  );
  return card(
    inOneLine(words`Your newest requests.`, ...each),
    [
      text(words`Only you can see this`, { size: 'small', isSubtle: true }),
      text(words`Your newest requests`, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      ...requests.map(row),
      text(words`To ask for another: ${collectExample}`, { size: 'small', isSubtle: true, spacing: 'medium' }),
    ],
    [],
  );
}

function row(request: Request): Container {
  const status = statusOfRequest(request);
  return group(
    [
      text(devicesTitle(deviceNames(request)), { weight: 'bolder' }),
      text(statusWords(status), { spacing: 'none' }),
      text(words`Asked ${moment(request.askedAt)}: “${clipped(request.reason)}”`, {
        size: 'small',
        isSubtle: true,
        spacing: 'none',
      }),
    ],
    { style: status.tint, spacing: 'small' },
  );
}

/** A list is for finding a request again; its card has the whole reason. */
function clipped(reason: string): string {
  const letters = [...reason];
  return letters.length <= 120 ? reason : `${letters.slice(0, 119).join('')}…`;
}
