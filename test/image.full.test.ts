import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { embeddedDirectory } from './build/embedded-directory.ts';
import { buildImage } from './image-builder.ts';
import { fineDevice } from './sandbox/devices.ts';
import { mia } from './sandbox/people.ts';
import { startSandbox } from './sandbox/sandbox.ts';
import { type BotProcess, startBot } from './story/bot-process.ts';
import { ask } from './story/scene.ts';

const command = z.array(z.string());

describe('the steps of the Dockerfile, done in a clean folder', function () {
  this.timeout(300_000);
  let folder: string;
  let image: Awaited<ReturnType<typeof buildImage>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'collector-image-'));
    image = await buildImage(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('make a bot that collects a package, is found healthy, and writes nothing into its own tree', async () => {
    const sandbox = await startSandbox();
    const directory = await embeddedDirectory();
    const before = await treeOf(image.app);
    let bot: BotProcess | undefined;
    try {
      const [node, ...program] = command.parse(JSON.parse(image.text('CMD')));
      assert.equal(node, 'node');
      bot = await startBot({
        environment: { ...sandbox.environment(), NODE_ENV: 'production' },
        databaseUrl: directory.path,
        sources: image.app,
        program: program.join(' '),
      });
      sandbox.setBotUrl(bot.messagesUrl);
      sandbox.tokenService.signIn(mia);
      const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
      await scene.press('Collect');
      await scene.closing('Succeeded');
      await healthCheck(image.text('HEALTHCHECK'), bot.url);
      assert.equal((await fetch(`${bot.url}/tab/`)).status, 200, 'the tab was not built');
      assert.equal(await bot.stop(), 0);
      await assert.rejects(healthCheck(image.text('HEALTHCHECK'), bot.url), 'a bot that is gone is not healthy');
      assert.deepEqual(await treeOf(image.app), before);
    } finally {
      await bot?.kill();
      await sandbox.stop();
      await directory.remove();
    }
  });
});

/** Runs the image's own check against a bot. Throws when it finds it unhealthy. */
async function healthCheck(text: string, url: string): Promise<void> {
  const [, ...rest] = command.parse(JSON.parse(text.slice(text.indexOf('['))));
  await execa(process.execPath, rest, { env: { PORT: new URL(url).port } });
}

/** Every file with its size and the moment of its last change. */
async function treeOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
}
