/** `npm run bench`: measures our bot against the echo bots of the SDKs, and says which targets are met. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { startPostgres } from '../build/postgres.ts';
import { chart, panels } from './chart.ts';
import { type Contestant, type Databases, ourContestants, peers, peersFolder, root } from './contestants.ts';
import { profile } from './profile.ts';
import { report, withFigures } from './report.ts';
import type { RunResult } from './results.ts';
import { run } from './run.ts';
import { countingSettings } from './statements.ts';
import { openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    bursts: { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '4' },
    /** Names of contestants, comma separated; all of them without it. */
    only: { type: 'string' },
    /** Where the numbers go. */
    json: { type: 'string', default: join('test', 'bench', 'results', 'latest.json') },
    /** Also writes the committed numbers, the chart, and the figures of docs/performance.md. */
    reference: { type: 'boolean', default: false },
    /** Says where our bot's time goes instead. */
    profile: { type: 'boolean', default: false },
  },
});
const effort = { warmUp: Number(values['warm-up']), bursts: Number(values.bursts) };
const say = (line: string) => process.stderr.write(`${line}\n`);

await installPeers();
say('building our bot');
await execa('npm', ['run', 'build'], { cwd: root });
const folder = await mkdtemp(join(tmpdir(), 'collector-bench-'));
// Settings as they come: it waits for the disk, as an operator's does.
const postgres = await startPostgres(values.profile ? countingSettings : []);
const world = await openWorld();
try {
  const databases = { postgres: await postgres.freshDatabase(), embedded: join(folder, 'data') };
  if (values.profile) process.stdout.write(await profile(world, databases, effort, folder));
  else await tell(await measureAll(world, databases));
} finally {
  await world.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measureAll(around: World, databases: Databases): Promise<RunResult> {
  const everybody: readonly Contestant[] = [...peers(around), ...ourContestants(around, databases)];
  const only = values.only?.split(',');
  const contestants = everybody.filter(({ name }) => only === undefined || only.includes(name));
  return await run(around, { ...effort, rounds: Number(values.rounds), contestants, folder, say });
}

async function tell(result: RunResult): Promise<void> {
  process.stdout.write(`${report(result)}\n`);
  await write(values.json, json(result));
  const picture = chart(panels(result));
  await write(values.json.replace(/\.json$/, '.svg'), picture);
  if (!values.reference) return;
  const page = join(root, 'docs', 'performance.md');
  await write(join(root, 'test', 'bench', 'results', 'reference.json'), json(result));
  await write(join(root, 'docs', 'pictures', 'performance.svg'), picture);
  await write(page, withFigures(await readFile(page, 'utf8'), result));
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  say(`written: ${file}`);
}

function json(result: RunResult): string {
  return `${JSON.stringify(result, undefined, 1)}\n`;
}

/** The packages of the peers are this command's alone. */
async function installPeers(): Promise<void> {
  if (await areInstalled()) return;
  say('installing the echo bots');
  await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peersFolder, stderr: 'inherit' });
}

/** npm writes down last what it has installed. */
async function areInstalled(): Promise<boolean> {
  const wanted = await stat(join(peersFolder, 'package-lock.json'));
  try {
    return (await stat(join(peersFolder, 'node_modules', '.package-lock.json'))).mtimeMs >= wanted.mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
