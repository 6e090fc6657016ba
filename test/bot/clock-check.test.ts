import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import sinon from 'sinon';
import { ClockOff, createClockCheck, frameworkTime, watchClock } from '../../bot/clock-check.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import { RecordingLog } from '../fakes/recording-log.ts';

/** Three clocks that start together, and how often the framework's was read. */
function clocks() {
  const start = Date.UTC(2026, 10, 24, 12);
  const state = { process: start, monotonic: 0, database: start, framework: start, isAway: false, reads: 0 };
  const check = createClockCheck({
    now: () => state.process,
    monotonic: () => state.monotonic,
    databaseNow: async () => state.database,
    frameworkNow: async () => {
      state.reads += 1;
      if (state.isAway) throw new Error('away');
      return state.framework;
    },
  });
  const pass = (ms: number) => {
    state.process += ms;
    state.monotonic += ms;
    state.database += ms;
    state.framework += ms;
  };
  return { state, check: () => check.check(), aheadMs: () => check.aheadMs(), pass };
}

describe('the check of the process clock', () => {
  it('lets a clock be that is off by less than five minutes, and reads the framework’s only once', async () => {
    const { state, check, pass } = clocks();
    state.process += 4 * minute;
    await check();
    pass(2 * hour);
    await check();
    assert.equal(state.reads, 1);
  });

  for (const [jump, words] of [
    [2 * hour, '120 min ahead of that of the database'],
    [-2 * hour, '120 min behind that of the database'],
  ] as const) {
    it(`says that it is ${words}`, async () => {
      const { state, check } = clocks();
      await check();
      state.process += jump;
      await assert.rejects(check(), (error: unknown) => error instanceof ClockOff && error.message.includes(words));
    });

    it(`on a store in the same process, says that it is ${words.replace('the database', 'the Bot Framework')}`, async () => {
      const { state, check } = clocks();
      await check();
      state.process += jump;
      state.database += jump;
      await assert.rejects(check(), {
        message: `the process clock is ${words.replace('the database', 'the Bot Framework')}`,
      });
    });
  }

  it('finds the clock right again once it is set right', async () => {
    const { state, check, pass } = clocks();
    await check();
    state.process += 2 * hour;
    await assert.rejects(check());
    state.process -= 2 * hour;
    pass(minute);
    await check();
  });

  it('takes no offence at a machine that slept: its monotonic clock stood still, and the framework is read anew', async () => {
    const { state, check, pass } = clocks();
    await check();
    pass(minute);
    const slept = 3 * hour;
    state.process += slept;
    state.database += slept;
    state.framework += slept;
    await check();
    assert.equal(state.reads, 2);
  });

  it('tells how far the clock is off, by whichever clock it differs from most', async () => {
    const { state, check, aheadMs } = clocks();
    assert.equal(aheadMs(), undefined);
    state.process += 3 * minute;
    state.framework += minute;
    await check();
    assert.equal(aheadMs(), 3 * minute);
    state.process -= 2 * hour;
    await assert.rejects(check(), ClockOff);
    assert.equal(aheadMs(), 2 * minute - 2 * hour);
  });

  it('goes by the database alone while the framework is away', async () => {
    const { state, check } = clocks();
    state.isAway = true;
    await check();
    state.process += 2 * hour;
    await assert.rejects(check(), ClockOff);
  });

  it('reads the framework’s time from the Date of its answer', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('Date', 'Tue, 24 Nov 2026 12:00:00 GMT');
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      assert.equal(await frameworkTime(`http://127.0.0.1:${address.port}/`), Date.UTC(2026, 10, 24, 12));
    } finally {
      server.close();
    }
  });

  it('is told to the log once a minute while it is off, and once when it is right again', async () => {
    const timers = sinon.useFakeTimers();
    try {
      const { state, check } = clocks();
      const log = new RecordingLog();
      const watch = watchClock({ check }, log);
      await timers.tickAsync(minute);
      assert.deepEqual(log.lines, []);
      state.process += 2 * hour;
      await timers.tickAsync(2 * minute);
      state.process -= 2 * hour;
      await timers.tickAsync(2 * minute);
      const off = 'the process clock is off: nobody can be let in until it is set right';
      assert.deepEqual(
        log.lines.map(({ message }) => message),
        [off, off, 'the process clock is right again'],
      );
      watch.stop();
      state.process += 2 * hour;
      await timers.tickAsync(2 * minute);
      assert.equal(log.lines.length, 3);
    } finally {
      timers.restore();
    }
  });
});
