/** What `/status` and `/history` show; for the asker's eyes alone. */
import type { Device } from '../src/domain/device.ts';
import type { LastKnown, ListPage, Subject } from '../src/domain/listing.ts';
import type { Problem } from '../src/domain/problem.ts';
import {
  type AdaptiveCard,
  type Button,
  type CardElement,
  card,
  choices,
  group,
  privateButton,
  text,
} from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { deviceLine, deviceName, devicePage } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { listRow, rowSummary } from './list-rows.ts';
import { choiceWords } from './own-card.ts';
import type { ListAction, PrivateAction } from './private-action.ts';
import { problemWords } from './problem-words.ts';
import { inOneLine, type Words, words } from './words.ts';

/** One page of a list. */
export function listCard(asked: ListAction, shown: ListPage, context: CardContext): AdaptiveCard {
  const { rows, page, pages, subject, lastKnown } = shown;
  const { say } = context;
  const { lists, buttons } = say;
  const title = titleOf(lists, asked, subject);
  return card(
    inOneLine(words`${title}.`, ...rows.map((row) => rowSummary(say, row))),
    [
      onlyYou(lists),
      text(title, headingLook),
      ...aboutSubject(subject, context),
      ...(lastKnown === undefined ? [] : [lastKnownBanner(say, lastKnown)]),
      ...(rows.length === 0 ? [text(lists.none, { spacing: 'medium' })] : []),
      ...rows.map((row) => listRow(row, subject, context)),
      text(footer(lists, page, pages), { size: 'small', isSubtle: true, spacing: 'medium' }),
    ],
    [
      ...(lastKnown?.why === 'signIn' ? [privateButton(buttons.signIn, { ...asked, page })] : []),
      ...pageButtons(say, asked, page, pages),
    ],
  );
}

type ListWords = Catalogue['lists'];

function onlyYou(lists: ListWords): CardElement {
  return text(lists.onlyYou, { size: 'small', isSubtle: true });
}

const headingLook = { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' } as const;

function titleOf(lists: ListWords, { verb }: ListAction, subject: Subject): Words {
  switch (subject.kind) {
    case 'own':
      return verb === 'showStatus' ? lists.ownRequests : lists.ownCollections;
    case 'device':
      return words`${clipped(deviceName(subject.device), 120)}`;
    case 'action':
      return lists.oneCollection;
  }
}

function aboutSubject(subject: Subject, { portal, say }: CardContext): readonly CardElement[] {
  const { lists } = say;
  // An empty list would else pass for 'there was nothing'.
  if (subject.kind === 'own')
    return subject.guessedName === undefined
      ? []
      : [text(lists.guessedName(clipped(subject.guessedName, 80)), { size: 'small', spacing: 'small' })];
  if (subject.kind === 'action') return [];
  const { device } = subject;
  return [
    text(deviceLine(say, device), { isSubtle: true, spacing: 'small' }),
    text(words`${device.id}`, { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' }),
    text(lists.openDevice(devicePage(device, portal)), { size: 'small', spacing: 'none' }),
  ];
}

function lastKnownBanner(say: Catalogue, lastKnown: LastKnown): CardElement {
  const { lists } = say;
  const lines = lastKnown.problem === undefined ? [] : [problemWords(say, lastKnown.problem).what];
  const next = lastKnown.why === 'signIn' ? lists.lastKnownSignedOut : lists.lastKnown;
  return group(
    [...lines, next].map((line) => text(line, { spacing: 'small' })),
    { style: 'warning', spacing: 'medium' },
  );
}

function footer(lists: ListWords, page: number, pages: number): Words {
  return pages === 1 ? lists.askForOne : lists.pageOf(page + 1, pages);
}

function pageButtons({ buttons }: Catalogue, asked: ListAction, page: number, pages: number): readonly Button[] {
  return [
    ...(page > 0 ? [privateButton(buttons.newer, { ...asked, page: page - 1 })] : []),
    ...(page < pages - 1 ? [privateButton(buttons.older, { ...asked, page: page + 1 })] : []),
  ];
}

/** Asks which of several devices a name means. */
export function deviceChoiceCard(
  say: Catalogue,
  { verb, about }: Pick<ListAction, 'verb' | 'about'>,
  match: 'sameName' | 'nearName',
  devices: readonly Device[],
): AdaptiveCard {
  const { lists, buttons } = say;
  const name = clipped(about, 60);
  const what = match === 'sameName' ? lists.sameName(name) : lists.nearName(name);
  const list = choices(
    { id: 'about', label: lists.device, errorMessage: lists.pickOne },
    devices.map((device) => [choiceWords(say, device), device.id]),
  );
  return card(
    what,
    [onlyYou(lists), text(lists.whichDevice, headingLook), text(what, { spacing: 'small' }), list],
    [privateButton(buttons.continue, { verb, page: 0 }, 'positive')],
  );
}

/** Asks somebody without a sign-in for one; the same button then goes on with what they wanted. */
export function signInFirstCard(say: Catalogue, action: PrivateAction, problem: Problem | undefined): AdaptiveCard {
  const { lists, buttons } = say;
  return card(
    lists.signInFirst,
    [
      onlyYou(lists),
      text(lists.signInNeeded, headingLook),
      ...(problem === undefined ? [] : [text(problemWords(say, problem).what, { spacing: 'small' })]),
      text(lists.signInFirst, { spacing: 'small' }),
      text(lists.ifNothingHappens, {
        size: 'small',
        isSubtle: true,
        spacing: 'small',
      }),
    ],
    [privateButton(buttons.signIn, action)],
  );
}
