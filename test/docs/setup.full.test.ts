import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';
import getPort from 'get-port';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { ask } from '../story/scene.ts';
import { markdownPages } from './markdown-pages.ts';

const root = join(import.meta.dirname, '..', '..');
const page = markdownPages().find(({ path }) => path === 'docs/setup.md') ?? assert.fail('there is no docs/setup.md');
/** What the page tells to type on any machine, in its order. */
const blocks = page.blocks.filter(({ info }) => info === 'sh').map(({ text }) => text);

describe('docs/setup.md, followed literally with the sandbox in place of Azure', function () {
  this.timeout(900_000);
  let clone: string;
  let sandbox: Sandbox;
  let environment: Readonly<Record<string, string>>;
  let running: ResultPromise | undefined;

  before(async () => {
    clone = await aClone();
    sandbox = await startSandbox();
    const port = await getPort();
    sandbox.setBotUrl(`http://127.0.0.1:${port}/api/messages`);
    environment = {
      // As in a fresh shell: nothing of npm's and mocha's own, and none of this tree's programs.
      PATH: `${process.env.PATH}`
        .split(':')
        .filter((each) => !each.startsWith(root))
        .join(':'),
      HOME: `${process.env.HOME}`,
      ...sandbox.environment(),
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: '0',
      BOT_DOMAIN: 'collector.contoso.example',
    };
  });
  after(async () => {
    if (running?.pid !== undefined) process.kill(-running.pid, 'SIGTERM');
    await running;
    await sandbox.stop();
    await rm(clone, { recursive: true, force: true });
  });

  /** Types a block into a shell in the clone, which ends at the first command that fails. */
  function type(text: string, over: object = {}) {
    return execa('bash', ['-e', '-c', text], { cwd: clone, env: environment, extendEnv: false, all: true, ...over });
  }

  it('leads from a clone to a collected package', async () => {
    const [look = '', run = '', pack = '', ...more] = blocks;
    assert.deepEqual(more, [], 'this test knows three blocks');
    assert.match(look, /^npm ci$/m);
    const looked = await type(look);
    assert.match(String(looked.all), /Get download link/);

    assert.match(run, /^npm start\n$/m, 'the block ends with what goes on running');
    running = type(run, { detached: true, reject: false });
    await says(running, '"msg":"working"');

    await type(pack);
    assert.ok((await readdir(join(clone, 'out'))).includes('collector.zip'));

    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    await scene.closing('Succeeded');
  });
});

/** What a clone of this tree would hold, uncommitted changes included. */
async function aClone(): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), 'collector-clone-'));
  const listed = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    lines: true,
  });
  // A link to another tree's packages would come along, and `npm ci` in the clone would empty that tree.
  assert.ok(!listed.stdout.includes('node_modules'), 'git would take node_modules along');
  const gone = await execa('git', ['ls-files', '--deleted'], { cwd: root, lines: true });
  for (const file of listed.stdout.filter((each) => !gone.stdout.includes(each))) {
    await cp(join(root, file), join(clone, file), { recursive: true });
  }
  return clone;
}

/** Resolves at the first line that has this text; throws with all that was said if there is none. */
async function says(command: ResultPromise, text: string): Promise<void> {
  const said: string[] = [];
  const lines = createInterface(command.all ?? assert.fail('its output is not read'));
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes(text)) resolve();
    });
    lines.once('close', () => reject(new Error(said.join('\n'))));
  });
}
