/** A run as text: Markdown, which is read on a terminal as well. */
import { titles } from './contestants.ts';
import { complaints } from './noise.ts';
import { type ContestantName, type RunResult, roundsOf, startsOf, type TaskName } from './results.ts';
import { type Measured, measured, median, percentile, ratioOf } from './statistics.ts';
import { verdicts } from './targets.ts';

/** Everybody who answers messages, and what they are asked. */
const rows: readonly (readonly [ContestantName, TaskName])[] = [
  ['botbuilder', 'echo'],
  ['agents', 'echo'],
  ['teams', 'echo'],
  ['collectorPostgres', 'help'],
  ['collectorPostgres', 'collect'],
  ['collectorEmbedded', 'collect'],
  ['bare', 'echo'],
];

/** The whole report. */
export function report(run: RunResult): string {
  const noise = complaints(run);
  const quiet = noise.length === 0 ? 'The machine was quiet.' : `**Too noisy to be believed:** ${noise.join('; ')}.`;
  const about = `${run.at.slice(0, 10)}, Node ${run.node.slice(1)}, ${run.processors} processors (${run.processor}), ${run.rounds} rounds, our bot as \`node ${run.started}\`. ${quiet}`;
  return [about, targetTable(run), loadTable(run), startTable(run), clickLine(run)].join('\n\n');
}

function targetTable(run: RunResult): string {
  const lines = verdicts(run).map(({ target, value, isMet }) => {
    const { title, unit, wanted, limit } = target;
    const verdict = value === undefined ? 'not measured' : isMet ? 'met' : '**not met**';
    return [title, `${wanted} ${limit} ${unit}`, value === undefined ? '–' : range(value, unit), verdict];
  });
  return table(['target, against the botbuilder echo of the same round', 'wanted', 'found', ''], lines);
}

function loadTable(run: RunResult): string {
  const echo = roundsOf(run, 'botbuilder', 'echo').map(({ perSecond }) => perSecond);
  const lines = rows.flatMap(([contestant, task]) => {
    const rounds = roundsOf(run, contestant, task);
    if (rounds.length === 0) return [];
    const perSecond = rounds.map((each) => each.perSecond);
    const ratio = echo.length === rounds.length ? range(ratioOf(perSecond, echo), '×') : '–';
    const of = (key: 'repliedP50' | 'repliedP99' | 'answeredP50' | 'answeredP99') =>
      median(rounds.map((each) => each[key])).toFixed(0);
    return [
      [
        `${titles[contestant]}, ${taskWords[task]}`,
        ratio,
        median(perSecond).toFixed(0),
        `${of('repliedP50')} / ${of('repliedP99')}`,
        `${of('answeredP50')} / ${of('answeredP99')}`,
        cpuText(median(rounds.map((each) => each.cpuMsPerRequest))),
        `${Math.round(median(rounds.map((each) => each.benchShare)) * 100)} %`,
      ],
    ];
  });
  const head = ['16 at once', 'throughput', 'a second', 'p50 / p99 to the reply, ms', '… to the HTTP answer'];
  return table([...head, 'CPU ms each', 'load and stand-ins'], lines);
}

const taskWords = { echo: 'echo', help: '`/help`', collect: '`/collect`' } as const;

function startTable(run: RunResult): string {
  const names = [...new Set(run.starts.map(({ contestant }) => contestant))];
  const echo = startsOf(run, 'botbuilder');
  const lines = names.map((name) => {
    const starts = startsOf(run, name);
    const cold = starts.map(({ coldMs }) => coldMs);
    const isComparable = echo.length === starts.length;
    const first = run.firstStarts.find(({ contestant }) => contestant === name);
    return [
      titles[name],
      isComparable
        ? range(
            ratioOf(
              cold,
              echo.map(({ coldMs }) => coldMs),
            ),
            '×',
          )
        : '–',
      `${median(cold).toFixed(0)} ms`,
      first === undefined ? '' : `${first.coldMs.toFixed(0)} ms`,
      `${median(starts.map((each) => each.rssAfterStartMb)).toFixed(0)} MB`,
      `${median(starts.map((each) => each.rssAfterLoadMb)).toFixed(0)} MB`,
      `${(median(starts.map((each) => each.idleShare)) * 100).toFixed(1)} %`,
    ];
  });
  const head = ['start to the first reply', 'cold', '', 'very first', 'memory after start', 'after load'];
  return table([...head, 'of a processor at rest'], lines);
}

function clickLine({ clickToPostMs, clicksLost }: RunResult): string {
  if (clickToPostMs.length === 0) return 'Nobody clicked.';
  const { least, most } = measured(clickToPostMs);
  const p99 = percentile(clickToPostMs, 0.99).toFixed(0);
  const middle = median(clickToPostMs).toFixed(0);
  return `Click to Defender’s POST, while a burst of \`/collect\` is on: median ${middle} ms, p99 ${p99} ms, of ${clickToPostMs.length} clicks between ${least.toFixed(0)} and ${most.toFixed(0)} ms; without a POST: ${clicksLost}.`;
}

function range({ median: middle, least, most }: Measured, unit: string): string {
  return `${middle.toFixed(2)} ${unit} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

/** A Markdown table, whose columns are as wide as they need to be. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}

const begin = '<!-- figures of test/bench/results/reference.json, written by `npm run bench -- --reference` -->';
const end = '<!-- end of the figures -->';
/** Written at the same time. */
const picture = '![Bars against the botbuilder echo](pictures/performance.svg)';

/** The page with the figures of a run in place of those that stand there. @throws when the page has no place for them */
export function withFigures(page: string, run: RunResult): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('the page has no place for figures');
  return `${page.slice(0, from)}${begin}\n${picture}\n\n${report(run)}\n${page.slice(to)}`;
}

/** What a process did at rest is taken off: one that was busier then than under load, compiling, has no figure. */
function cpuText(ms: number): string {
  return ms > 0 ? ms.toFixed(2) : 'unknown';
}
