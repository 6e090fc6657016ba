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
import { collectExample } from './examples.ts';
import { listRow, rowSummary } from './list-rows.ts';
import { choiceWords } from './own-card.ts';
import type { ListAction, PrivateAction } from './private-action.ts';
import { problemWords } from './problem-words.ts';
import { inOneLine, link, strong, type Words, words } from './words.ts';

/** One page of a list. */
export function listCard(asked: ListAction, shown: ListPage, context: CardContext): AdaptiveCard {
  const { rows, page, pages, subject, lastKnown } = shown;
  const title = titleOf(asked, subject);
  return card(
    inOneLine(words`${title}.`, ...rows.map(rowSummary)),
    [
      onlyYou,
      text(title, headingLook),
      ...aboutSubject(subject, context),
      ...(lastKnown === undefined ? [] : [lastKnownBanner(lastKnown)]),
      ...(rows.length === 0 ? [text(words`There is none.`, { spacing: 'medium' })] : []),
      ...rows.map((row) => listRow(row, subject, context)),
      text(footer(page, pages), { size: 'small', isSubtle: true, spacing: 'medium' }),
    ],
    [
      ...(lastKnown?.why === 'signIn' ? [privateButton('Sign in', { ...asked, page })] : []),
      ...pageButtons(asked, page, pages),
    ],
  );
}

const onlyYou = text(words`Only you can see this`, { size: 'small', isSubtle: true });
const headingLook = { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' } as const;

function titleOf({ verb }: ListAction, subject: Subject): Words {
  switch (subject.kind) {
    case 'own':
      return verb === 'showStatus' ? words`Your requests` : words`Your collections`;
    case 'device':
      return words`${clipped(deviceName(subject.device), 120)}`;
    case 'action':
      return words`Collection`;
  }
}

function aboutSubject(subject: Subject, { portal }: CardContext): readonly CardElement[] {
  if (subject.kind === 'own')
    return subject.guessedName === undefined
      ? []
      : [text(guessWords(subject.guessedName), { size: 'small', spacing: 'small' })];
  if (subject.kind === 'action') return [];
  const { device } = subject;
  return [
    text(deviceLine(device), { isSubtle: true, spacing: 'small' }),
    text(words`${device.id}`, { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' }),
    text(words`${link('Open the device in Defender', devicePage(device, portal))}`, { size: 'small', spacing: 'none' }),
  ];
}

/** An empty list would else pass for 'there was nothing'. */
function guessWords(name: string): Words {
  return words`This is what Defender has under ${strong(clipped(name, 80))}, the name of your sign-in. If it calls you otherwise, more is missing here; I learn its name for you with the first collection that you start.`;
}

function lastKnownBanner(lastKnown: LastKnown): CardElement {
  const lines = lastKnown.problem === undefined ? [] : [problemWords(lastKnown.problem).what];
  const next =
    lastKnown.why === 'signIn'
      ? words`You are not signed in, so this is what I knew last. ${strong('Sign in')} shows what Defender says now.`
      : words`So this is what I knew last.`;
  return group(
    [...lines, next].map((line) => text(line, { spacing: 'small' })),
    { style: 'warning', spacing: 'medium' },
  );
}

function footer(page: number, pages: number): Words {
  return pages === 1
    ? words`To ask for a package: ${collectExample}`
    : words`Page ${page + 1} of ${pages}, newest first.`;
}

function pageButtons(asked: ListAction, page: number, pages: number): readonly Button[] {
  return [
    ...(page > 0 ? [privateButton('Newer', { ...asked, page: page - 1 })] : []),
    ...(page < pages - 1 ? [privateButton('Older', { ...asked, page: page + 1 })] : []),
  ];
}

/** Asks which of several devices a name means. */
export function deviceChoiceCard(
  { verb, about }: Pick<ListAction, 'verb' | 'about'>,
  match: 'sameName' | 'nearName',
  devices: readonly Device[],
): AdaptiveCard {
  const name = clipped(about, 60);
  const what =
    match === 'sameName'
      ? words`Several devices are called “${name}”. Which one do you mean?`
      : words`Defender shows you no device “${name}”. Do you mean one of these?`;
  const list = choices(
    { id: 'about', label: 'Device', errorMessage: 'Pick one of the devices.' },
    devices.map((device) => [choiceWords(device), device.id]),
  );
  return card(
    what,
    [onlyYou, text(words`Which device?`, headingLook), text(what, { spacing: 'small' }), list],
    [privateButton('Continue', { verb, page: 0 }, 'positive')],
  );
}

/** Asks somebody without a sign-in for one; the same button then goes on with what they wanted. */
export function signInFirstCard(action: PrivateAction, problem: Problem | undefined): AdaptiveCard {
  const why = words`Defender answers you, not me: sign in, and this goes on by itself.`;
  return card(
    why,
    [
      onlyYou,
      text(words`Sign-in needed`, headingLook),
      ...(problem === undefined ? [] : [text(problemWords(problem).what, { spacing: 'small' })]),
      text(why, { spacing: 'small' }),
      text(words`If nothing happens, press it once more: then I send you a sign-in in our 1:1 chat.`, {
        size: 'small',
        isSubtle: true,
        spacing: 'small',
      }),
    ],
    [privateButton('Sign in', action)],
  );
}
