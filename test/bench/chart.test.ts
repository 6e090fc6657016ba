import assert from 'node:assert/strict';
import { aRun, tasksOf } from './a-run.ts';
import { chart, panels } from './chart.ts';

const twice = tasksOf('collectorPostgres', 'collect', [{ perSecond: 800 }, { perSecond: 900 }, { perSecond: 700 }]);

/** The widths of the bars, in their order. */
function widths(picture: string): readonly number[] {
  return [...picture.matchAll(/<rect x="[^"]+" y="[^"]+" width="([^"]+)"/g)].map((found) => Number(found[1]));
}

describe('the chart of the bench', () => {
  it('draws a bar that is twice as long for what is twice as much', () => {
    const [throughput] = panels(aRun({ tasks: twice }));
    const [echo = 0, ours = 0] = widths(chart(throughput === undefined ? [] : [throughput]));
    assert.ok(Math.abs(ours / echo - 2) < 0.01, `${echo}, ${ours}`);
  });

  it('leaves out what was not measured as often as the echo', () => {
    const labels = (tasks: typeof twice) => panels(aRun({ tasks }))[0]?.bars.map(({ label }) => label);
    assert.deepEqual(labels(twice), ['botbuilder 4.23.3', 'Collector, /collect, PostgreSQL']);
    assert.deepEqual(labels(twice.slice(1)), ['botbuilder 4.23.3']);
  });

  it('lets no text break out of the picture', () => {
    const value = { median: 1, least: 1, most: 1 };
    const picture = chart([{ title: 'a < b & c', bars: [{ label: '<script>', value, isOurs: true }] }]);
    assert.match(picture, />a &lt; b &amp; c</);
    assert.ok(!picture.includes('<script>'));
  });
});
