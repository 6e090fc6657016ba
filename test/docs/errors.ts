/** `docs/errors.md`, made of the table that the code uses, of the words of the cards, and of what the code decides. */
import { duration } from '../../cards/dates.ts';
import { fixedBy } from '../../cards/fixed-by.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { plainText } from '../../cards/plain-text.ts';
import { problemWords } from '../../cards/problem-words.ts';
import { type CollectOutcome, judgeCollectAnswer } from '../../src/domain/collect-outcome.ts';
import type { DefenderFailure } from '../../src/domain/defender-failure.ts';
import { lateAcceptance, sendPatience, signInPatience } from '../../src/domain/patience.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { defaultThrottleMs, defenderErrors, problemOfFailure } from '../../src/domain/problem-of-failure.ts';
import { collectionRef, deviceId } from '../build/ids.ts';
import { start } from '../build/moment.ts';
import { everyProblem } from '../build/problem.ts';
import { signInErrors } from './sign-in-errors.ts';

/** What Defender, or the way to it, can answer. */
export interface ErrorCase {
  readonly status: string;
  /** Empty where there is none. */
  readonly code: string;
  /** What else tells it from others of this status and code. */
  readonly when: string;
  readonly failure: DefenderFailure;
}

/** Codes of the page 'Common REST API error codes' that a call of the bot can get, besides those of the code's table. */
const documentedCodes: Readonly<Record<number, readonly string[]>> = {
  400: [
    'BadRequest',
    'ODataError',
    'InvalidInput',
    'InvalidRequestBody',
    'MissingRequiredParameter',
    'MaximumBatchSizeExceeded',
  ],
  401: ['Unauthorized'],
  403: ['Forbidden'],
  404: ['NotFound'],
  429: ['TooManyRequests'],
  500: ['InternalServerError'],
};

/** What of an answer besides status and code decides in a row of the table. */
const variants = [
  { when: '', more: {} },
  { when: 'its message names the permission', more: { message: 'Missing permission Machine.CollectForensics' } },
] as const;

const otherStatus = 418;
const anyOther = 'any other';

/** Every status of the table, with each of its codes, what is special first; then other statuses, and what is no answer. */
export function errorCases(): readonly ErrorCase[] {
  const statuses = new Map(defenderErrors.map(({ status }) => [firstOf(status), statusText(status)]));
  const answered = [...statuses]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([status, text]) => codesOf(status).flatMap((code) => casesOf(status, text, code)));
  return [...answered, ...casesOf(otherStatus, anyOther, ''), ...unanswered];
}

function casesOf(status: number, text: string, code: string): readonly ErrorCase[] {
  const [plain, ...others] = variants.map(({ when, more }): ErrorCase => {
    const failure = { kind: 'answered', status, code, message: '', ...more } as const;
    return { status: text, code: code === '' ? anyOther : code, when, failure };
  });
  if (plain === undefined) return [];
  const usual = problemOfFailure(plain.failure, start).kind;
  return [...others.filter(({ failure }) => problemOfFailure(failure, start).kind !== usual), plain];
}

const unanswered: readonly ErrorCase[] = [
  {
    status: 'no answer',
    code: '',
    when: 'surely not sent: no such host, nobody listens, TLS failed, or our own deadline',
    failure: { kind: 'unanswered', sent: false },
  },
  { status: 'no answer', code: '', when: 'it may have been heard', failure: { kind: 'unanswered', sent: true } },
  { status: 'not sent', code: '', when: 'no call is left', failure: { kind: 'noBudget', retryAfterMs: 40_000 } },
  {
    status: '201 or 200',
    code: '',
    when: 'its body is not what the API documents',
    failure: { kind: 'unreadable', status: 201 },
  },
];

function codesOf(status: number): readonly string[] {
  const named = defenderErrors.filter((row) => firstOf(row.status) === status).flatMap(({ codes }) => codes ?? []);
  return [...named, ...(documentedCodes[status] ?? []), ''];
}

function firstOf(status: number | readonly [first: number, last: number]): number {
  return typeof status === 'number' ? status : status[0];
}

function statusText(status: number | readonly [first: number, last: number]): string {
  return typeof status === 'number' ? String(status) : `${status[0]} to ${status[1]}`;
}

/** The page is in English, like the code. */
const say = catalogueOf('en');

/** What the bot does when the collect call ends so, in the words of the page. */
const conducts = {
  accepted: 'follows the action to its end',
  alreadyRunning: `looks for the running action for ${duration(say, lateAcceptance)} and joins it; ends, if none is shown`,
  refused: 'ends; nothing was started',
  notSent: `waits, and goes on by itself for up to ${duration(say, sendPatience)}`,
  tokenRejected: `asks for a fresh sign-in, and waits for it for up to ${duration(say, signInPatience)}`,
  unclear: 'looks whether it was started; sends again only when that is ruled out',
} as const satisfies Readonly<Record<CollectOutcome['kind'], string>>;

function conductOf(failure: DefenderFailure): string {
  const claim = { ref: collectionRef(), device: deviceId(), firstAttemptAt: start };
  return conducts[judgeCollectAnswer({ ok: false, failure }, claim, start).kind];
}

/** A line of the page's table: all cases that mean the same. */
interface Line {
  readonly status: string;
  readonly codes: readonly string[];
  readonly when: string;
  readonly problem: Problem;
  readonly conduct: string;
}

function lines(): readonly Line[] {
  const grouped = new Map<string, Line>();
  for (const { status, code, when, failure } of errorCases()) {
    const problem = problemOfFailure(failure, start);
    const conduct = conductOf(failure);
    const key = [status, when, problem.kind, conduct].join('|');
    const codes = [...(grouped.get(key)?.codes ?? []), ...(code === '' ? [] : [code])];
    grouped.set(key, { status, codes, when, problem, conduct });
  }
  return [...grouped.values()];
}

/** The whole page. */
export function errorsPage(): string {
  const table = lines().map(({ status, codes, when, problem, conduct }) => {
    const cells = [status, [codesText(status, codes), when].filter((each) => each !== '').join('; '), linkTo(problem)];
    return `| ${[...cells, fixersOf(problem), conduct].join(' | ')} |`;
  });
  const sections = Object.values(everyProblem).flatMap(sectionOf);
  return `${[...opening, ...tableHead, ...table, '', ...afterTable, ...sections].join('\n')}\n`;
}

const opening = [
  '# What can go wrong, and who can fix it',
  '<!-- Written by `npm run docs` from the code. Do not edit it by hand. -->',
  '',
  'This page is made of the table that the bot itself uses ([`defenderErrors`](../src/domain/problem-of-failure.ts)), of the words on its',
  'cards ([`problemWords`](../cards/problem-words.ts), [`fixedBy`](../cards/fixed-by.ts)) and of what it decides about the collect call',
  '([`judgeCollectAnswer`](../src/domain/collect-outcome.ts)). Every card that shows an error of Defender also shows the correlation ID by which',
  'Defender’s administrator and Microsoft’s support find the call.',
  '',
  '## What Defender answers, and what it means',
  'The first line that fits counts. The last column is about the call that starts a collection.',
  '',
];

const tableHead = ['| status | code | problem | who can fix it | what the bot does |', '|---|---|---|---|---|'];

const afterTable = [
  'In the other calls:',
  '- **Looking a device up.** The card of the request says what is wrong, with **Try again**; where more proof is wanted it asks for a sign-in,',
  '  and where no call is left, ours or Defender’s, it says so and asks again by itself ([`lookUp`](../src/app/look-up.ts)).',
  '- **Following.** A list or an action that cannot be read is read again at the next round, and says nothing about how the collection stands.',
  '  Where more proof is wanted, card and message ask for a sign-in, or for somebody who keeps following ([`sweep`](../src/app/follow.ts)).',
  '- **Download link, Refresh, Cancel, `/status`, `/history`.** The one who asked is told, and nobody else; nothing changes',
  '  ([`refusal`](../src/app/on-action.ts)). Where more proof is wanted, they are asked to sign in.',
  '- **Reads** are repeated twice after a broken connection and after 502, 503 and 504. A call that changes something is never repeated',
  '  ([`createDefenderHttp`](../src/adapters/defender/defender-http.ts)).',
  '- **A 429** closes that one API to every replica for as long as `Retry-After` says, at most 10 min; where it says nothing,',
  `  ${duration(say, defaultThrottleMs)} ([\`pauseCalls\`](../src/domain/call-budget.ts)).`,
  '',
  'A 401 asks for a fresh sign-in, with or without a claims challenge, since Entra itself had nothing against the token; the same once more, after',
  'that sign-in, is [signInBlocked](#signinblocked). A bare 403 `Forbidden` can be a missing role, a device group, a plan without the action, or a token',
  'for another audience (whoever runs this bot: `DEFENDER_SCOPE`). Defender does not say which, so the card names all four.',
  '',
  'Problems that are in no line come from the sign-in, or from the bot itself.',
  '',
  ...signInErrors(),
  '## What the person reads',
  'Codes, numbers and times are examples.',
];

function sectionOf(problem: Problem): readonly string[] {
  const { what, meaning, next } = problemWords(say, problem);
  return [
    '',
    `### ${problem.kind}`,
    `> ${plainText(what)} ${plainText(meaning)}`,
    '>',
    `> ${plainText(next)}`,
    '',
    `Who can fix it: ${fixersOf(problem)}.`,
  ];
}

function linkTo({ kind }: Problem): string {
  return `[${kind}](#${kind.toLowerCase()})`;
}

function fixersOf(problem: Problem): string {
  return fixedBy(problem)
    .map((fixer) => say.fixers[fixer])
    .join(', or ');
}

/** `any` where the status has no code that means something else. */
function codesText(status: string, codes: readonly string[]): string {
  const ofStatus = new Set(errorCases().flatMap((each) => (each.status === status ? [each.code] : [])));
  if (codes.length === ofStatus.size && codes.includes(anyOther)) return 'any, or none';
  const named = codes.filter((code) => code !== anyOther).map((code) => `\`${code}\``);
  return [...named, ...(codes.includes(anyOther) ? ['any other, or none'] : [])].join(' · ');
}
