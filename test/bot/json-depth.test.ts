import assert from 'node:assert/strict';
import { depthOf } from '../../bot/json-depth.ts';

describe('the depth of JSON', () => {
  it('counts lists and objects inside each other', () => {
    assert.deepEqual(
      [7, 'x', null, [], {}, [[]], { a: { b: [1] } }, [1, [2], { a: [3] }]].map((value) => depthOf(value, 9)),
      [0, 0, 0, 1, 1, 2, 3, 3],
    );
  });

  it('is not counted further than is asked, and costs no stack', () => {
    let deep: unknown = [];
    for (let level = 1; level < 200_000; level += 1) deep = [deep];
    assert.equal(depthOf(deep, 64), 65);
    assert.equal(depthOf(deep, 1_000_000), 200_000);
  });
});
