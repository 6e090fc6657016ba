/** What 200,000 activities leave behind in a bot's memory. `SOAK_ACTIVITIES` makes it shorter, for a look. */
import assert from 'node:assert/strict';
import { minute } from '../../src/domain/instant.ts';
import { known } from '../build/ids.ts';
import { soak } from './soak.ts';

const activities = Number(process.env.SOAK_ACTIVITIES ?? 200_000);
/** By then everything that is loaded and remembered once is there. */
const warmUp = 20_000;

describe('a bot after 200,000 activities', () => {
  it('holds at most a tenth more memory than after 20,000, and no more handles', async function () {
    this.timeout(180 * minute);
    const samples = await soak(activities, (line) => console.log(`    ${line}`));
    const warm = known(samples.find((sample) => sample.activities >= warmUp));
    const last = known(samples.at(-1));
    assert.ok(last.activities > warm.activities, `a soak has more than ${warmUp} activities`);
    assert.ok(last.heapUsed <= 1.1 * warm.heapUsed, `heap: ${warm.heapUsed} bytes became ${last.heapUsed}`);
    // Pools open connections as they are needed: ten and four to the database, and a few to each service.
    assert.ok(last.handles <= warm.handles + 10, `handles: ${warm.handles} became ${last.handles}`);
    assert.ok(last.descriptors <= warm.descriptors + 10, `descriptors: ${warm.descriptors} became ${last.descriptors}`);
  });
});
