import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedDirectory } from '../build/embedded-directory.ts';
import { fineDevice } from '../sandbox/devices.ts';
import type { Operation } from '../sandbox/operations.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type BotProcess, spawnBot, startBot } from './bot-process.ts';
import { ask } from './scene.ts';

/** What the bot is given to stop. */
const promised = 10_000;

const stores = [
  { name: 'PostgreSQL', url: freshDatabase, empty: freshDatabase },
  {
    name: 'the embedded store',
    url: async () => (await embeddedDirectory()).path,
    empty: () => mkdtemp(join(tmpdir(), 'collector-empty-')),
  },
] as const;

for (const { name, url, empty } of stores) {
  describe(`a process that is asked to stop, on ${name},`, function () {
    this.timeout(300_000);
    let sandbox: Sandbox;
    let bot: BotProcess | undefined;
    let databaseUrl: string;

    before(async () => {
      sandbox = await startSandbox();
      databaseUrl = await url();
      sandbox.tokenService.signIn(mia);
    });
    after(async () => {
      await bot?.stop();
      await sandbox.stop();
      await removed(databaseUrl);
    });

    const start = async () => {
      const started = await startBot({ environment: sandbox.environment(), databaseUrl });
      bot = started;
      sandbox.setBotUrl(started.messagesUrl);
      return started;
    };

    const hanging: readonly (readonly [string, Operation])[] = [
      ['the POST to Defender', 'defender.collect'],
      ['an edit of the card', 'connector.update'],
      ['the Token Service', 'tokenService.getToken'],
    ];
    for (const [what, operation] of hanging) {
      it(`ends with 0 within 10 s while ${what} hangs, and the next start takes its work at once`, async () => {
        const first = await start();
        const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
        await scene.card('Collect');
        if (operation === 'tokenService.getToken') sandbox.faults.inject('defender.collect', { kind: 'hang' });
        await scene.press('Collect');
        const hung = sandbox.faults.inject(operation, { kind: 'hang' });
        if (operation !== 'tokenService.getToken') await hung.reached;
        const began = performance.now();
        assert.equal(await first.stop(), 0);
        const took = performance.now() - began;
        assert.ok(took < promised, `it took ${Math.round(took)} ms`);
        sandbox.faults.clear();
        const second = await start();
        const restarted = performance.now();
        await sandbox.journal.next('tokenService.getToken.received', undefined, { after: sandbox.journal.mark });
        assert.ok(performance.now() - restarted < promised, 'nobody waits until a heartbeat is missed');
        const done = await sandbox.places.channel.card(
          ({ content, buttons }) => content.includes(scene.reason) && buttons.includes('Get download link'),
          120_000,
        );
        assert.match(done.content, /Succeeded/);
        assert.equal(await second.stop(), 0);
      });
    }

    for (const delay of [0, 500, 1_000, 2_000, 3_000]) {
      it(`ends with 0 when it is asked ${delay} ms into its very first start, and starts afterwards`, async () => {
        const where = await empty();
        const child = await spawnBot({ environment: sandbox.environment(), databaseUrl: where });
        await child.says('"msg":"starting"');
        await new Promise((resolve) => setTimeout(resolve, delay));
        const began = performance.now();
        assert.equal(await child.stop(), 0, child.lines.join('\n'));
        assert.ok(performance.now() - began < promised);
        const next = await startBot({ environment: sandbox.environment(), databaseUrl: where });
        assert.equal(await next.stop(), 0);
        await removed(where);
      });
    }
  });
}

async function removed(where: string): Promise<void> {
  if (!where.includes('://')) await rm(where, { recursive: true, force: true });
}
