import assert from 'node:assert/strict';
import { ownerOf, spentIn } from './cpu-profile.ts';

function frame(id: number, functionName: string, url: string) {
  return { id, callFrame: { functionName, url, lineNumber: 9 } };
}

const profile = JSON.stringify({
  startTime: 1_000_000,
  nodes: [
    frame(1, '(idle)', ''),
    frame(2, 'parse', 'file:///somewhere/node_modules/zod/v4/core/parse.js'),
    frame(3, '', 'file:///somewhere/src/adapters/store/jobs.ts'),
    frame(4, '(garbage collector)', ''),
  ],
  samples: [2, 2, 3, 1, 4, 2],
  timeDeltas: [10_000, 10_000, 5_000, 50_000, 1_000, 10_000],
});

describe('a CPU profile', () => {
  it('adds up the self time of functions and packages, the most expensive first, and leaves out rest', () => {
    const { functions, packages, busyMs } = spentIn(profile, 0, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(functions, [
      { name: 'parse – zod/v4/core/parse.js:10', ms: 30 },
      { name: '(anonymous) – src/adapters/store/jobs.ts:10', ms: 5 },
      { name: '(garbage collector) – garbage collector', ms: 1 },
    ]);
    assert.deepEqual(
      packages.map(({ name }) => name),
      ['zod', 'ours: src/adapters', 'garbage collector'],
    );
    assert.equal(busyMs, 36);
  });

  it('counts what lies between two moments only', () => {
    assert.equal(spentIn(profile, 1_015_000, 1_030_000).busyMs, 15);
  });

  it('tells packages, our own rooms, and Node apart', () => {
    const owner = (url: string) => ownerOf(url, 'f');
    assert.equal(owner('file:///x/node_modules/@azure/core-client/dist/a.js'), '@azure/core-client');
    assert.equal(owner('file:///x/node_modules/a/node_modules/pg/lib/b.js'), 'pg');
    assert.equal(owner('file:///x/bot/teams/adapter.ts'), 'ours: bot');
    assert.equal(owner('node:net'), 'node');
    assert.equal(owner(''), 'native');
  });
});
