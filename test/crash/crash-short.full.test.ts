import { type CrashPoint, wirePoints } from './crash-points.ts';
import { inDirectory, Lane } from './lane.ts';

/** The three that tell most; all of them, and those inside the database, are in the full run. */
const promises: readonly (readonly [string, Pick<CrashPoint, 'what' | 'moment'>])[] = [
  ['before the card’s post was noted, has its card work all the same', { what: 'card posted', moment: 'acted' }],
  ['after Defender had accepted the POST, does not send it again', { what: 'POST', moment: 'acted' }],
  ['before the closing message was posted, posts it', { what: 'closing message', moment: 'lost' }],
];

describe('a process killed', function () {
  this.timeout(300_000);
  let lane: Lane;

  before(async () => {
    lane = await Lane.open(await inDirectory());
  });
  after(() => lane.close());

  for (const [promise, { what, moment }] of promises) {
    it(promise, async () => {
      const point = wirePoints.find((each) => each.what === what && each.moment === moment);
      if (point === undefined) throw new Error(`there is no point '${what} · ${moment}'`);
      await lane.crashAt(point);
    });
  }
});
