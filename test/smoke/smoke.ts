/**
 * `npm run smoke`: does what was built work at all, on the Node that runs this? Starts `dist/main.js`, or the file that is
 * named, against the sandbox with an empty embedded store, and looks: healthy, ready, a page for the tab, no stranger let
 * in, and a signed `/help` answered. Prints each step; exit code 0 or 1.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { within } from '../../bot/deadline.ts';
import { minute } from '../../src/domain/instant.ts';
import { anActivity } from '../bot/teams/activities.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type BotProcess, spawnBot } from '../story/bot-process.ts';

const patience = 2 * minute;
const program = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', 'dist', 'main.js'));

console.log(`Node ${process.version}, ${program}`);
const began = performance.now();
const directory = await mkdtemp(join(tmpdir(), 'collector-smoke-'));
const sandbox = await startSandbox();
const bot = await spawnBot({
  environment: { ...sandbox.environment() },
  databaseUrl: join(directory, 'data'),
  program,
});
try {
  await within(patience, 'the bot', look(sandbox, bot));
} catch (error) {
  console.error(error, `\nIts last lines:\n${bot.lines.slice(-20).join('\n')}`);
  process.exitCode = 1;
} finally {
  await bot.kill();
  await sandbox.stop();
  await rm(directory, { recursive: true, force: true });
}

async function look(cloud: Sandbox, running: BotProcess): Promise<void> {
  await running.says('"msg":"working"');
  tell('it works');
  for (const path of ['/healthz', '/readyz', '/tab/']) await answers(path, 200, fetch(running.url + path));
  const unsigned = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(anActivity()),
  };
  await answers('/api/messages of a stranger', 401, fetch(running.messagesUrl, unsigned));
  cloud.setBotUrl(running.messagesUrl);
  const { channel } = cloud.places;
  await cloud.client(mia).say(channel, '/help');
  const help = await channel.message(({ from }) => from === 'bot');
  if (!help.content.includes('/collect')) throw new Error(`That is no help: ${help.content}`);
  tell('/help is answered');
  const code = await running.stop();
  if (code !== 0) throw new Error(`It ended with ${code}`);
  tell('it ends with 0');
}

async function answers(what: string, status: number, answer: Promise<Response>): Promise<void> {
  const got = await answer;
  if (got.status !== status) throw new Error(`${what} answers ${got.status}, not ${status}: ${await got.text()}`);
  tell(`${what} answers ${status}`);
}

function tell(what: string): void {
  console.log(`  ${String(Math.round(performance.now() - began)).padStart(6)} ms  ${what}`);
}
