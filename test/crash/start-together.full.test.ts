import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { firstRelease } from '../src/adapters/store/first-release.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { startBot } from '../story/bot-process.ts';

describe('three processes that start together', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  for (const [what, database] of [
    ['an empty database', freshDatabase],
    ['the tables of the first release', firstRelease],
  ] as const) {
    it(`all work, whoever was first, on ${what}`, async () => {
      const databaseUrl = await database();
      const bots = await Promise.all(
        [1, 2, 3].map(() => startBot({ environment: sandbox.environment(), databaseUrl })),
      );
      const failures = bots.flatMap(({ lines }) => lines.filter((line) => /"level":(?:50|60)/.test(line)));
      const codes = await Promise.all(bots.map((bot) => bot.stop()));
      assert.deepEqual(failures, []);
      assert.deepEqual(codes, [0, 0, 0]);
    });
  }
});
