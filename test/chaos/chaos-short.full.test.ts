import assert from 'node:assert/strict';
import { hasHeld, reportText } from './report.ts';
import { runChaos } from './run.ts';
import { makeSchedule } from './schedule.ts';

describe('twenty seconds of chaos', () => {
  it('three replicas lose nothing, double nothing, and come to rest', async function () {
    this.timeout(300_000);
    const report = await runChaos(makeSchedule(20, 20_000, 3), () => undefined);
    assert.ok(hasHeld(report), `${reportText(report)}\n${report.evidence()}`);
    assert.ok(report.history.accepted.length > 0, 'something was sent at all');
  });
});
