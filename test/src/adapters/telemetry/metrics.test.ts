import assert from 'node:assert/strict';
import { instruments } from '../../../../src/adapters/telemetry/instruments.ts';
import { second } from '../../../../src/domain/instant.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';

describe('a number', () => {
  it('has at /metrics the name by which the code, the dashboard and the runbook call it', async () => {
    const { metrics, numbers } = keptTelemetry();
    metrics.count('sweeps', { result: 'done' });
    metrics.count('sweeps', { result: 'done' });
    metrics.took('clickToDefender', 3 * second, {});
    metrics.readGauges(async () => [{ gauge: 'deadLetters', value: 4, labels: { queue: 'announce' } }]);
    const lines = await numbers();
    assert.ok(lines.includes('collector_sweeps_total{result="done"} 2'), lines.join('\n'));
    assert.ok(lines.includes('collector_dead_letters{queue="announce"} 4'));
    assert.ok(lines.includes('collector_click_to_defender_seconds_sum 3'));
    assert.ok(lines.includes('collector_click_to_defender_seconds_bucket{le="2.5"} 0'));
    assert.ok(lines.includes('collector_click_to_defender_seconds_bucket{le="5"} 1'));
  });

  it('that took less than nothing, because two clocks disagree, took nothing', async () => {
    const { metrics, numbers } = keptTelemetry();
    metrics.took('finalToTold', -20, {});
    assert.ok((await numbers()).includes('collector_final_to_told_seconds_sum 0'));
  });

  it('that cannot be read is absent, also when it could be before, and the others are there', async () => {
    const { metrics, numbers } = keptTelemetry();
    let isAway = false;
    metrics.readGauges(async () => {
      if (isAway) throw new Error('the database is away');
      return [{ gauge: 'deadLetters', value: 4, labels: { queue: 'announce' } }];
    });
    metrics.readGauges(async () => [{ gauge: 'ready', value: 0, labels: {} }]);
    metrics.count('sweeps', { result: 'done' });
    assert.equal((await numbers()).length, 3);
    isAway = true;
    const rest = ['collector_ready 0', 'collector_sweeps_total{result="done"} 1'];
    assert.deepEqual((await numbers()).toSorted(), rest);
    assert.deepEqual((await numbers()).toSorted(), rest);
  });

  it('of what there is none any more is absent', async () => {
    const { metrics, numbers } = keptTelemetry();
    let outcome = 'running';
    metrics.readGauges(async () => [{ gauge: 'requests', value: 1, labels: { outcome } }]);
    await numbers();
    outcome = 'succeeded';
    assert.deepEqual(await numbers(), ['collector_requests{outcome="succeeded"} 1']);
  });

  it('that counts ends in _total, no other does, and no two have one name', () => {
    const all = Object.values(instruments);
    for (const { kind, name } of all) assert.equal(name.endsWith('_total'), kind === 'counter', name);
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  });
});
