/** `npm run bench -- --profile`: where our bot's time goes under load. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Running, start } from './contestant-process.ts';
import { type Contestant, type Databases, ourContestants } from './contestants.ts';
import { type SelfTime, type Spent, spentIn } from './cpu-profile.ts';
import { burstSize, type Effort, loadWith } from './measure.ts';
import { table } from './report.ts';
import type { TaskName } from './results.ts';
import { type Statement, statementsDuring } from './statements.ts';
import type { World } from './world.ts';

/** The most expensive, and the most frequent. */
const shown = 15;
const statementsShown = 40;
const longestStatement = 120;

/** Profiles each task of our bot on PostgreSQL, in a process of its own. @returns the tables */
export async function profile(world: World, databases: Databases, effort: Effort, folder: string): Promise<string> {
  const tasks: readonly TaskName[] = ['help', 'collect'];
  const pages: string[] = [];
  for (const task of tasks) pages.push(await profileOf(task, world, databases, effort, folder));
  return pages.join('\n');
}

/** From the sources: a bundle would be one file, and no package could be told from another. */
async function profileOf(
  task: TaskName,
  world: World,
  databases: Databases,
  effort: Effort,
  folder: string,
): Promise<string> {
  const profiles = join(folder, `profile-${task}`);
  const [ours] = ourContestants(world, databases);
  if (ours === undefined) throw new Error('nobody is to be profiled');
  const node = ['--cpu-prof', `--cpu-prof-dir=${profiles}`, join('bot', 'main.ts')];
  const running = await start({ ...ours, node }, world, folder);
  const { statements, from, to } = await loaded(task, { world, running, contestant: ours }, databases, effort);
  await running.stop();
  const [file] = await readdir(profiles);
  if (file === undefined) throw new Error('the bot left no profile');
  const spent = spentIn(await readFile(join(profiles, file), 'utf8'), from, to);
  return `# ${task}\n\n${tables(spent)}\n\n${statementTable(statements, effort.bursts * burstSize)}\n`;
}

/** The moments are those between which the load counted. */
async function loaded(
  task: TaskName,
  subject: { readonly world: World; readonly running: Running; readonly contestant: Contestant },
  { postgres }: Databases,
  { warmUp, bursts }: Effort,
) {
  await loadWith(subject, task, warmUp);
  const from = microseconds();
  const statements = await statementsDuring(postgres, () => loadWith(subject, task, bursts));
  return { statements, from, to: microseconds() };
}

function tables({ functions, packages, busyMs }: Spent): string {
  const rows = (list: readonly SelfTime[]) =>
    list.slice(0, shown).map(({ name, ms }) => [name, ms.toFixed(0), `${((ms / busyMs) * 100).toFixed(1)} %`]);
  return [
    table(['self time by package', 'ms', 'share'], rows(packages)),
    table(['self time by function', 'ms', 'share'], rows(functions)),
  ].join('\n\n');
}

function statementTable(statements: readonly Statement[], messages: number): string {
  const all = statements.reduce((sum, { calls }) => sum + calls, 0) / messages;
  const rows = statements
    .slice(0, statementsShown)
    .map(({ text, calls }) => [(calls / messages).toFixed(2), text.slice(0, longestStatement)]);
  return table(
    ['for each message', `statements: ${all.toFixed(1)} for each message, upkeep of the queues included`],
    rows,
  );
}

/** Of the monotonic clock by which V8 dates its samples. */
function microseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
