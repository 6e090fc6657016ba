import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Credential } from '../../bot/config.ts';
import { type StatePorts, tellState } from '../../bot/metrics.ts';
import type { StoreFigures } from '../../src/adapters/store/figures.ts';
import { day, later, second } from '../../src/domain/instant.ts';
import { Secret } from '../../src/domain/secret.ts';
import { start } from '../build/moment.ts';
import { keptTelemetry } from '../fakes/kept-telemetry.ts';

const secret: Credential = { kind: 'secret', secret: new Secret('clientSecret', 'marker') };
const figures: StoreFigures = {
  outcomes: new Map([['running', 3]]),
  queues: [{ queue: 'announce', due: 2, oldestMs: 90 * second, dead: 1 }],
  apis: [{ api: 'collect', left: { minute: 7, hour: 70 }, pausedMs: 30 * second }],
};

/** What `/metrics` says of such a bot. */
async function told(changes: Partial<StatePorts> = {}): Promise<readonly string[]> {
  const { metrics, numbers } = keptTelemetry();
  tellState(metrics, {
    figures: async () => figures,
    ready: async () => undefined,
    clockCheck: { aheadMs: () => undefined },
    credential: secret,
    clock: () => start,
    ...changes,
  });
  return await numbers();
}

describe('the state of the bot', () => {
  it('is told in numbers: what is in the store, and that it is ready', async () => {
    assert.deepEqual((await told()).toSorted(), [
      'collector_dead_letters{queue="announce"} 1',
      'collector_defender_calls_left{api="collect",window="hour"} 70',
      'collector_defender_calls_left{api="collect",window="minute"} 7',
      'collector_defender_paused_seconds{api="collect"} 30',
      'collector_queue_depth{queue="announce"} 2',
      'collector_queue_oldest_seconds{queue="announce"} 90',
      'collector_ready 1',
      'collector_requests{outcome="running"} 3',
    ]);
  });

  it('is not read any more after the stop, when the store is closed', async () => {
    const { metrics, numbers } = keptTelemetry();
    const closed = () => Promise.reject(new Error('the store is closed'));
    const clockCheck = { aheadMs: () => 1 };
    const state = { figures: closed, ready: closed, clockCheck, credential: secret, clock: () => start };
    const told = tellState(metrics, state);
    assert.equal((await numbers()).length, 2);
    told.stop();
    assert.deepEqual(await numbers(), []);
  });

  it('has how long a certificate is still good, also when it is not any more, and nothing of what is not known', async () => {
    const certificate = (left: number): Credential => ({
      kind: 'certificate',
      pem: new Secret('clientCertificate', 'marker'),
      expiresAt: later(start, left),
    });
    for (const [left, seconds] of [
      [day, 86_400],
      [-day, -86_400],
    ] as const) {
      const line = `collector_credential_expiry_seconds{credential="certificate"} ${seconds}`;
      assert.ok((await told({ credential: certificate(left) })).includes(line));
    }
    assert.doesNotMatch((await told()).join(), /credential/);
  });

  it('has how far the clock is off, as the check of readiness found it', async () => {
    const aheadMs = sinon.stub().returns(undefined);
    const ready = async () => {
      aheadMs.returns(-7_200_000);
      throw new Error('the process clock is 120 min behind that of the database');
    };
    const lines = await told({ ready, clockCheck: { aheadMs } });
    assert.ok(lines.includes('collector_clock_offset_seconds -7200'));
    assert.ok(lines.includes('collector_ready 0'));
  });

  it('is told without the store’s figures while the store does not answer, within the time of whoever asks', async () => {
    const timers = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const asked = told({
        figures: () => new Promise(() => undefined),
        ready: () => Promise.reject(new Error('away')),
      });
      await timers.tickAsync(5 * second);
      assert.deepEqual(await asked, ['collector_ready 0']);
    } finally {
      timers.restore();
    }
  });
});
