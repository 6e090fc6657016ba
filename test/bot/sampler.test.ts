import assert from 'node:assert/strict';
import { Sampler, type Tally } from '../../bot/sampler.ts';
import { minute } from '../../src/domain/instant.ts';

describe('the sampler', () => {
  it('tells the first of a kind, then one a minute with how many came in between, each kind by itself', () => {
    let now = 0;
    const told: (Tally & { readonly kind: string; readonly at: number })[] = [];
    const sampler = new Sampler(() => now);
    const count = (kind: string) => sampler.count(kind, (tally) => told.push({ ...tally, kind, at: now }));
    for (; now < 2 * minute; now += 1_000) {
      count('401');
      if (now === 90_000) count('403');
    }
    assert.deepEqual(told, [
      { kind: '401', at: 0, total: 1, untold: 0 },
      { kind: '401', at: minute, total: 61, untold: 59 },
      { kind: '403', at: 90_000, total: 1, untold: 0 },
    ]);
  });
});
