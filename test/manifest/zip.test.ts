import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import sinon from 'sinon';
import { zipOf } from '../../manifest/zip.ts';

const entries = [
  { name: 'b.txt', content: Buffer.from('second first') },
  { name: 'a.bin', content: Buffer.from([0, 255, 0]) },
];

describe('zip archives', () => {
  afterEach(() => sinon.restore());

  it('hold what was put in, in that order', async () => {
    const files = unzipSync(await zipOf(entries));
    assert.deepEqual(
      Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })),
      entries,
    );
  });

  it('are the same bytes at another time', async () => {
    const today = await zipOf(entries);
    sinon.useFakeTimers({ now: new Date('2031-07-01T12:34:56Z'), toFake: ['Date'] });
    assert.deepEqual(await zipOf(entries), today);
  });

  it('refuse a name that would leave the folder they are unpacked in', async () => {
    await assert.rejects(zipOf([{ name: '../a.txt', content: Buffer.from('') }]), /invalid relative path/);
  });
});
