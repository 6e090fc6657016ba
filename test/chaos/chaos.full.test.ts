import assert from 'node:assert/strict';
import { hasHeld, reportText } from './report.ts';
import { runChaos } from './run.ts';
import { makeSchedule } from './schedule.ts';

describe('ten minutes of chaos', () => {
  it('three replicas lose nothing, double nothing, and come to rest, however long it goes on', async function () {
    this.timeout(1_200_000);
    const report = await runChaos(makeSchedule(1, 600_000, 3), (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${reportText(report)}\n`);
    assert.ok(hasHeld(report), report.evidence());
    assert.ok(report.history.accepted.length > 50, 'enough was sent to mean something');
  });
});
