/**
 * The same burst as in `burst.full.test.ts`, in real time on a real bot: how long people wait for their clicks, while the
 * queue is filled and while it drains. What becomes of the queue takes Defender half an hour, and is told there.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { minute, second } from '../../src/domain/instant.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import { lena, mia, omar } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { startBot } from '../story/bot-process.ts';
import { scaleDevice } from './asking.ts';
import { putUp, type WaitingCard, type Wanted } from './burst-cards.ts';
import { percentile } from './numbers.ts';

/** 1,500 devices by as many clicks as two people may make in a minute without being held back. */
const burst = [...Array.from({ length: 26 }, () => 50), ...Array.from({ length: 200 }, () => 1)];
const burstMs = minute;
/** Clicks of somebody else, during the burst and as long after it. */
const probes = 80;

describe('a burst of 1,500 collections within a minute, for those who click', () => {
  it('queues each at its click, and lets nobody wait for the queue', async function () {
    this.timeout(20 * minute);
    const ids = Array.from({ length: 1_500 + probes }, (_, n) => scaleDevice(n));
    const sandbox = await startSandbox({ devices: ids.map((id): Device => ({ ...fineDevice, id })) });
    const databaseUrl = await freshDatabase();
    const bot = await startBot({ databaseUrl, environment: sandbox.environment() });
    const store = await openStore(databaseUrl, silentLog);
    try {
      sandbox.setBotUrl(bot.messagesUrl);
      for (const person of [mia, omar, lena]) await sandbox.tokenService.signIn(person);
      const cards = await putUp(sandbox, store, wantedOf(sandbox, ids));
      const [own, others] = [cards.slice(0, burst.length), cards.slice(burst.length)];
      const [queueing, probing] = await Promise.all([
        clicks(sandbox, own, burstMs),
        clicks(sandbox, others, 2 * burstMs),
      ]);
      const sent = sandbox.journal.all('defender.collect.answered');
      assert.ok(Math.max(...queueing) <= 5 * second, `a Collect took ${Math.max(...queueing)} ms`);
      assert.ok(percentile(probing, 0.99) <= second / 2, `a click took ${percentile(probing, 0.99)} ms`);
      assert.equal(sent.filter(({ data }) => data.status === 429).length, 0, 'calls that were answered with 429');
      // A hundred in 90 s: the queue is far from empty while others click.
      assert.ok(sent.length >= 100 && sent.length <= 400, `${sent.length} were sent`);
      const ms = (values: readonly number[], share: number) => Math.round(percentile(values, share));
      console.log(`    queued after ${ms(queueing, 0.5)} ms (median), ${ms(queueing, 0.99)} ms (p99)`);
      console.log(`    others’ clicks: ${ms(probing, 0.5)} ms (median), ${ms(probing, 0.99)} ms (p99)`);
    } finally {
      await store.close();
      await bot.stop();
      await sandbox.stop();
    }
  });
});

function wantedOf({ places }: Sandbox, ids: readonly DeviceId[]): readonly Wanted[] {
  let from = 0;
  const many = burst.map((count, n): Wanted => {
    const person = n % 2 === 0 ? mia : omar;
    const where = [places.personal(person), places.channel, places.groupChat][n % 3] ?? places.channel;
    const devices = ids.slice(from, from + count);
    from += count;
    return { person, where, devices };
  });
  const others = ids.slice(from).map((id): Wanted => ({ person: lena, where: places.personal(lena), devices: [id] }));
  return [...many, ...others];
}

/** Presses **Collect** on each, evenly within that time. @returns how long each click took, in milliseconds */
async function clicks(sandbox: Sandbox, cards: readonly WaitingCard[], withinMs: number): Promise<readonly number[]> {
  return await Promise.all(
    cards.map(async ({ person, message }, n) => {
      await pause((n * withinMs) / cards.length);
      const began = performance.now();
      const answer = await sandbox.client(person).click(message, 'Collect');
      const tookMs = performance.now() - began;
      assert.equal(answer.kind, 'card', `click ${n} was answered with ${JSON.stringify(answer).slice(0, 300)}`);
      return tookMs;
    }),
  );
}
