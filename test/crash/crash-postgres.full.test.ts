import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { statementPoints, titleOf, wirePoints } from './crash-points.ts';
import { behindProxy, Lane } from './lane.ts';
import { SideBySide } from './side-by-side.ts';

/** Picks some points by their title, for whoever looks into one. */
const { POINT = '' } = process.env;

describe('a process killed at any point, on PostgreSQL, loses nothing and doubles nothing', function () {
  this.timeout(30 * 60_000);
  const points = [...wirePoints, ...statementPoints].filter((point) => titleOf(point).includes(POINT));
  const matrix = new SideBySide(points, 3, async () => await Lane.open(await behindProxy(await freshDatabase())));
  for (const point of points) it(titleOf(point), () => matrix.outcome(point));
  it('every process that was left ends well, and every statement that writes has a name', () => matrix.closed());
});
