/** One request of as many devices as one may have, on the real store and the real budget. */
import assert from 'node:assert/strict';
import { mostDevices } from '../../src/domain/command.ts';
import { later, minute } from '../../src/domain/instant.ts';
import { conversationId, known } from '../build/ids.ts';
import { aPerson } from '../build/person.ts';
import { aPlace } from '../build/request.ts';
import { ask, pressCollect, scaleDevice } from './asking.ts';
import { mostWithin } from './numbers.ts';
import { Simulation } from './simulation.ts';

describe('a request of fifty devices', () => {
  it('is looked up, sent and followed to its one closing message, within Defender’s limits', async function () {
    this.timeout(10 * minute);
    const simulation = await Simulation.start({ replicas: 3, people: 1 });
    try {
      const { time, defender, teams, first } = simulation;
      const place = aPlace({ conversation: conversationId('19:soc@thread.tacv2;messageid=1772421120000') });
      const devices = Array.from({ length: mostDevices }, (_, n) => scaleDevice(n));
      const id = await ask(simulation, aPerson(1), place, devices);
      await simulation.runUntil(later(time.now, minute));
      await pressCollect(simulation, id);
      await simulation.runUntil(later(time.now, 10 * minute));
      assert.deepEqual(simulation.failures, []);
      const request = known(await first.store.requests.find(id));
      assert.ok(request.state === 'done', `it is ${request.state}`);
      assert.deepEqual(new Set(request.collections.map(({ state }) => state)), new Set(['succeeded']));
      assert.deepEqual(
        devices.map((device) => defender.started(device)),
        devices.map(() => 1),
      );
      assert.equal(defender.calls.filter(({ refused }) => refused).length, 0);
      for (const api of ['collect', 'device', 'actions'] as const) {
        const moments = defender.calls.filter((call) => call.api === api).map(({ at }) => at);
        assert.ok(mostWithin(moments, minute) <= 100, api);
      }
      const posts = teams.written.filter(({ how }) => how === 'post');
      assert.deepEqual([posts.length, teams.refused], [2, 0], 'the card, and one closing message');
      const edits = teams.written.length - posts.length;
      const tookMs = request.finishedAt - request.confirmedAt;
      console.log(`    done ${tookMs / 1_000} s after Collect, ${edits} edits, ${defender.calls.length} calls`);
    } finally {
      await simulation.stop();
    }
  });
});
