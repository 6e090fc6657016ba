import { titleOf, wirePoints } from './crash-points.ts';
import { inDirectory, Lane } from './lane.ts';
import { SideBySide } from './side-by-side.ts';

describe('a process killed at any point that the sandbox sees, on the embedded store, loses nothing and doubles nothing', function () {
  this.timeout(30 * 60_000);
  const matrix = new SideBySide(wirePoints, 3, async () => await Lane.open(await inDirectory()));
  for (const point of wirePoints) it(titleOf(point), () => matrix.outcome(point));
  it('every process that was left ends well', () => matrix.closed());
});
