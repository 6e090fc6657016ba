import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '../build/postgres.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask } from '../story/scene.ts';
import { type Fleet, startFleet } from './fleet.ts';

const preload = join(import.meta.dirname, 'shifted-clock-child.ts');
const hours = 3_600_000;

describe('a replica whose clock is off', function () {
  this.timeout(240_000);
  let postgres: Postgres;
  let fleet: Fleet;

  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());
  afterEach(() => fleet.stop());

  for (const [shift, words] of [
    [2 * hours, 'ahead of'],
    [-2 * hours, 'behind'],
  ] as const) {
    it(`by two hours, ${words} the others, lets nobody in and says so; what was confirmed goes on at its usual pace`, async () => {
      fleet = await startFleet({
        postgres,
        replicas: 2,
        environment: { SHIFTED_CLOCK_MS: String(shift) },
        nodeArguments: (place) => (place === 1 ? ['--import', preload] : []),
      });
      const { sandbox } = fleet;
      await sandbox.tokenService.signIn(mia);
      const client = sandbox.client(mia);

      fleet.routes.push(1);
      const { answer } = await client.say(sandbox.places.personal(mia), 'help');
      assert.equal(answer.status, 401);
      const ready = await fetch(`${fleet.bot(1).url}/readyz`);
      assert.equal(ready.status, 503);
      await fleet.bot(1).says(`120 min ${words} that of the database`);
      assert.equal((await fetch(`${fleet.bot(0).url}/readyz`)).status, 200);

      fleet.routes.push(0, 0);
      const scene = await ask(client, sandbox.places.channel, fineDevice.id);
      await scene.card('Collect');
      // A 429 with a wait: the retry has to come after it, and not two hours later or at once.
      const wait = { kind: 'answer', status: 429, headers: { 'Retry-After': '3' } } as const;
      const throttled = sandbox.faults.inject('defender.collect', wait);
      await scene.press('Collect');
      await fleet.kill(0);
      await throttled.reached;
      await scene.closing('Succeeded');
      const [first, second, ...more] = sandbox.journal.all('defender.collect.received', ({ data }) =>
        `${data.comment}`.includes(scene.reason),
      );
      assert.ok(first !== undefined && second !== undefined && more.length === 0);
      const apart = second.at - first.at;
      assert.ok(apart >= 2_900 && apart < 60_000, `sent again after ${apart} ms`);
    });
  }

  it('lets a proposal expire by the database’s clock', async () => {
    fleet = await startFleet({
      postgres,
      replicas: 2,
      environment: { SHIFTED_CLOCK_MS: String(2 * hours), PROPOSAL_TTL_MINUTES: '1' },
      nodeArguments: (place) => (place === 1 ? ['--import', preload] : []),
    });
    const { sandbox } = fleet;
    await sandbox.tokenService.signIn(mia);
    fleet.routes.push(0);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    const proposed = await scene.card('Collect');
    const began = performance.now();
    await fleet.kill(0);
    await sandbox.places.channel.card(
      (message) => message.id === proposed.id && /Expired/.test(message.content),
      120_000,
    );
    const took = performance.now() - began;
    assert.ok(took > 40_000, `it expired after ${Math.round(took / 1_000)} s, and has a minute`);
  });
});
