/** A run as a picture: bars against the botbuilder echo, drawn as SVG. */
import { titles } from './contestants.ts';
import { type ContestantName, type RunResult, roundsOf, startsOf, type TaskName } from './results.ts';
import { type Measured, ratioOf } from './statistics.ts';

/** One bar, with a line from its least to its most. */
export interface Bar {
  readonly label: string;
  readonly value: Measured;
  readonly isOurs: boolean;
}

/** Bars that are compared. */
export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const bodies: readonly (readonly [ContestantName, TaskName, string])[] = [
  ['botbuilder', 'echo', titles.botbuilder],
  ['agents', 'echo', titles.agents],
  ['teams', 'echo', titles.teams],
  ['collectorPostgres', 'help', 'Collector, /help'],
  ['collectorPostgres', 'collect', 'Collector, /collect, PostgreSQL'],
  ['collectorEmbedded', 'collect', 'Collector, /collect, embedded'],
];
const starters: readonly ContestantName[] = ['botbuilder', 'agents', 'teams', 'collectorPostgres', 'collectorEmbedded'];

/** The panels of a run: only what was measured in as many rounds as the echo. */
export function panels(run: RunResult): readonly Panel[] {
  const echo = roundsOf(run, 'botbuilder', 'echo');
  const echoStarts = startsOf(run, 'botbuilder');
  const ofLoad = (title: string, key: 'perSecond' | 'repliedP99' | 'cpuMsPerRequest'): Panel => ({
    title,
    bars: bodies.flatMap(([name, task, label]) =>
      bar(
        name,
        label,
        roundsOf(run, name, task).map((each) => each[key]),
        echo.map((each) => each[key]),
      ),
    ),
  });
  const ofStart = (title: string, key: 'coldMs' | 'rssAfterStartMb'): Panel => ({
    title,
    bars: starters.flatMap((name) =>
      bar(
        name,
        titles[name],
        startsOf(run, name).map((each) => each[key]),
        echoStarts.map((each) => each[key]),
      ),
    ),
  });
  return [
    ofLoad('Throughput, 16 at once: more is better', 'perSecond'),
    ofLoad('p99 from the message to the reply: less is better', 'repliedP99'),
    ofLoad('Processor time of the bot for each message: less is better', 'cpuMsPerRequest'),
    ofStart('Cold start to the first reply: less is better', 'coldMs'),
    ofStart('Memory after the start: less is better', 'rssAfterStartMb'),
  ];
}

function bar(name: ContestantName, label: string, values: readonly number[], echo: readonly number[]): readonly Bar[] {
  if (values.length === 0 || values.length !== echo.length) return [];
  return [{ label, value: ratioOf(values, echo), isOurs: name.startsWith('collector') }];
}

const width = 760;
const labelWidth = 250;
const barHeight = 18;
const gap = 6;
const titleHeight = 30;
const between = 18;
/** Room for the number behind the longest bar. */
const behind = 110;

/** The picture. One is the botbuilder echo of the same round. */
export function chart(all: readonly Panel[]): string {
  const drawn: string[] = [];
  let top = 12;
  for (const panel of all.filter(({ bars }) => bars.length > 0)) {
    drawn.push(...drawPanel(panel, top));
    top += heightOf(panel) + between;
  }
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" role="img" font-family="Segoe UI, Helvetica, Arial, sans-serif" font-size="12">`;
  const ground = `<rect width="${width}" height="${top}" fill="#ffffff"/>`;
  return [head, `<title>Against the botbuilder echo, which is 1</title>`, ground, ...drawn, '</svg>', ''].join('\n');
}

function heightOf({ bars }: Panel): number {
  return titleHeight + bars.length * (barHeight + gap);
}

function drawPanel({ title, bars }: Panel, top: number): readonly string[] {
  const largest = Math.max(1, ...bars.map(({ value }) => value.most));
  const x = (value: number) => labelWidth + (value / largest) * (width - labelWidth - behind);
  const bottom = top + heightOf({ title, bars }) - gap;
  return [
    `<text x="12" y="${top + 16}" font-size="14" font-weight="600" fill="#242424">${escaped(title)}</text>`,
    ...bars.flatMap((each, place) => drawBar(each, top + titleHeight + place * (barHeight + gap), x)),
    `<line x1="${fixed(x(1))}" y1="${top + titleHeight - 4}" x2="${fixed(x(1))}" y2="${bottom}" stroke="#616161" stroke-dasharray="3 3"/>`,
  ];
}

function drawBar({ label, value, isOurs }: Bar, top: number, x: (value: number) => number): readonly string[] {
  const { median, least, most } = value;
  const middle = top + barHeight / 2;
  const y = middle + 4;
  const fill = isOurs ? '#5b5fc7' : '#bdbdbd';
  const number = `${median.toFixed(2)} ×`;
  return [
    `<text x="${labelWidth - 8}" y="${y}" text-anchor="end" fill="#242424">${escaped(label)}</text>`,
    `<rect x="${labelWidth}" y="${top}" width="${fixed(x(median) - labelWidth)}" height="${barHeight}" fill="${fill}"/>`,
    `<line x1="${fixed(x(least))}" y1="${middle}" x2="${fixed(x(most))}" y2="${middle}" stroke="#242424"/>`,
    `<text x="${fixed(x(most) + 8)}" y="${y}" fill="#242424">${number}</text>`,
  ];
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
