import assert from 'node:assert/strict';
import { ListCache, unaskedAge } from '../../../bot/tab/list-cache.ts';
import type { Visible } from '../../../src/app/list-visible.ts';
import { minute } from '../../../src/domain/instant.ts';
import { oid } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';

const empty: Visible = { kind: 'actions', actions: [], isCut: false };

describe('what Defender showed a person of late', () => {
  let now: number;
  let reads: number;
  let cache: ListCache;
  const read = async () => {
    reads += 1;
    return empty;
  };
  beforeEach(() => {
    now = 1_000;
    reads = 0;
    cache = new ListCache(() => now);
  });

  it('is read once a minute, however often the page asks', async () => {
    for (let times = 0; times < 20; times += 1) await cache.get(oid(1), moment(0), read);
    assert.equal(reads, 1);
    now += minute - 1;
    await cache.get(oid(1), moment(0), read);
    assert.equal(reads, 1);
    now += 1;
    await cache.get(oid(1), moment(0), read);
    assert.equal(reads, 2);
  });

  it('is read every five minutes only for a page that asks by itself', async () => {
    await cache.get(oid(1), moment(0), read, unaskedAge);
    now += 5 * minute - 1;
    await cache.get(oid(1), moment(0), read, unaskedAge);
    assert.equal(reads, 1);
    now += 1;
    await cache.get(oid(1), moment(0), read, unaskedAge);
    assert.equal(reads, 2);
  });

  it('is nobody else’s', async () => {
    await cache.get(oid(1), moment(0), read);
    await cache.get(oid(2), moment(0), read);
    assert.equal(reads, 2);
    assert.equal(await cache.last(oid(3)), undefined);
  });

  it('is read anew only where it does not go back far enough', async () => {
    await cache.get(oid(1), moment(0), read);
    await cache.get(oid(1), moment(minute), read);
    assert.equal(reads, 1);
    await cache.get(oid(1), moment(-minute), read);
    assert.equal(reads, 2);
  });

  it('is asked for once when two pages ask at the same moment', async () => {
    await Promise.all([1, 2, 3].map(() => cache.get(oid(1), moment(0), read)));
    assert.equal(reads, 1);
  });

  it('is not kept when it is no list: the next one who asks may have signed in', async () => {
    const no = async (): Promise<Visible> => {
      reads += 1;
      return { kind: 'lastKnown', lastKnown: { why: 'signIn' } };
    };
    await cache.get(oid(1), moment(0), no);
    await cache.get(oid(1), moment(0), no);
    await assert.rejects(
      cache.get(oid(1), moment(0), () => Promise.reject(new Error('away'))),
      /away/,
    );
    await cache.get(oid(1), moment(0), read);
    assert.equal(reads, 3);
  });

  it('is forgotten, the oldest first, above 500 people', async () => {
    for (let n = 1; n <= 501; n += 1) await cache.get(oid(n), moment(0), read);
    assert.equal(await cache.last(oid(1)), undefined);
    assert.equal(await cache.last(oid(2)), empty);
  });
});
