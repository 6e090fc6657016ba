import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aRun, startsOf, tasksOf } from './a-run.ts';
import { root } from './contestants.ts';
import { report, table, withFigures } from './report.ts';

describe('the report of the bench', () => {
  const run = aRun({
    tasks: tasksOf('collectorPostgres', 'collect', [{ perSecond: 440 }, { perSecond: 480 }, { perSecond: 400 }]),
    starts: startsOf('collectorPostgres', [{ coldMs: 650 }, { coldMs: 600 }, { coldMs: 720 }]),
    firstStarts: [{ contestant: 'collectorPostgres', coldMs: 2_345 }],
    clickToPostMs: [120, 340],
  });

  it('says of each target what was wanted, what was found, and whether it is met', () => {
    assert.match(
      report(run),
      /whole command on PostgreSQL: throughput +\| at least 1 × +\| 1\.10 × \(1\.00–1\.20\) +\| met /,
    );
    assert.match(report(run), /edge alone[^\n]*not measured/);
  });

  it('gives ratios to the echo with their spread, and what was measured', () => {
    assert.match(report(run), /\| Collector, PostgreSQL, `\/collect` \| 1\.10 × \(1\.00–1\.20\) \| 440/);
    assert.match(report(run), /\| Collector, PostgreSQL +\| 0\.65 × \(0\.60–0\.72\) \| 650 ms +\| 2345 ms/);
    assert.match(report(run), /median 230 ms, p99 340 ms, of 2 clicks between 120 and 340 ms; without a POST: 0/);
  });

  it('begins with whether it is to be believed', () => {
    assert.match(report(run), /^2026-11-24, Node 24\.21\.0.*The machine was quiet\.$/m);
    assert.match(report({ ...run, busyBefore: 2 }), /Too noisy to be believed/);
  });

  it('is a table whose columns stand below each other', () => {
    assert.deepEqual(table(['a', 'long title'], [['longer', 'b']]).split('\n'), [
      '| a      | long title |',
      '| ------ | ---------- |',
      '| longer | b          |',
    ]);
  });

  it('takes the place of older figures on the page, and leaves the rest of it', async () => {
    const page = await readFile(join(root, 'docs', 'performance.md'), 'utf8');
    const once = withFigures(page, run);
    assert.match(once, /1\.10 × \(1\.00–1\.20\)/);
    assert.match(once, /pictures\/performance\.svg/);
    assert.equal(withFigures(once, run), once);
    const [before, after] = [page.split('<!--')[0], page.split('-->').at(-1)];
    assert.ok(once.startsWith(before ?? '?') && once.endsWith(after ?? '?'));
    assert.throws(() => withFigures('# A page', run), /no place/);
  });
});
