/** As many collections as Defender takes in an hour, confirmed within a minute: how the queue drains. */
import assert from 'node:assert/strict';
import type { RequestId } from '../../src/domain/ids.ts';
import { hour, later, minute, second } from '../../src/domain/instant.ts';
import { conversationId, known } from '../build/ids.ts';
import { aPerson } from '../build/person.ts';
import { aPlace } from '../build/request.ts';
import { pressCollect, putFound, scaleDevice } from './asking.ts';
import { mostWithin, percentile } from './numbers.ts';
import { Simulation } from './simulation.ts';

const people = 40;
const collections = 1_500;
const perSecond = collections / 60;

describe('a burst of 1,500 collections within a minute', () => {
  it('is sent at the pace of Defender’s limits, each once, and followed to its closing message, without a 429', async function () {
    this.timeout(60 * minute);
    const simulation = await Simulation.start({ replicas: 3, people });
    try {
      const { time, defender, teams, first } = simulation;
      const asked: RequestId[] = [];
      for (let n = 1; n <= collections; n += 1) {
        const person = 1 + (n % people);
        const place = aPlace({ conversation: conversationId(`a:person-${person}`), kind: 'personal' });
        asked.push(await putFound(simulation, aPerson(person), place, scaleDevice(n)));
      }
      const confirmedFrom = time.now;
      for (const [n, id] of asked.entries()) {
        if (n % perSecond === 0) await simulation.runUntil(later(time.now, second));
        await pressCollect(simulation, id);
      }
      await simulation.runUntil(later(time.now, hour));

      assert.deepEqual(simulation.failures, []);
      const sent = defender.calls.filter(({ api }) => api === 'collect').map(({ at }) => at);
      const ended = await Promise.all(asked.map(async (id) => known(await first.store.requests.find(id)).state));
      assert.deepEqual(new Set(ended), new Set(['done']));
      const started = new Set(asked.map((_, n) => defender.started(scaleDevice(n + 1))));
      assert.deepEqual([sent.length, started], [collections, new Set([1])]);
      assert.equal(defender.calls.filter(({ refused }) => refused).length, 0, 'calls that were answered with 429');
      assert.ok(mostWithin(sent, minute) <= 100 && mostWithin(sent, hour) <= 1_500);
      const closings = teams.written.filter(({ how }) => how === 'post').length;
      assert.deepEqual([closings, teams.refused], [collections, 0]);
      const waited = sent.map((at) => at - confirmedFrom);
      const drainedMs = Math.max(...waited);
      // 100 in 90 s: a turn may be taken up 20 s late, and a call may be on its way for 10 s.
      assert.ok(drainedMs <= 25 * minute, `the last was sent after ${drainedMs / minute} min`);
      console.log(`    sent: half after ${percentile(waited, 0.5) / second} s, all after ${drainedMs / second} s`);
    } finally {
      await simulation.stop();
    }
  });
});
