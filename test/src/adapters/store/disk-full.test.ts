import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { embeddedDirectory } from '../../../build/embedded-directory.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { aFresh, aSource } from './fresh.ts';

type Write = (file: number, bytes: NodeJS.ArrayBufferView, offset: number, length: number, at: number) => number;

/**
 * What the operating system says when the disk is full, to whoever writes by Node: a file grows no more, what it has can
 * be overwritten (as PostgreSQL does with its log, whose files are made beforehand).
 */
function fillDisk(): () => void {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  const { writeSync } = fs;
  const write: Write = (file, bytes, offset, length, at) => {
    if (at + length > fs.fstatSync(file).size) throw full;
    return writeSync(file, bytes, offset, length, at);
  };
  const replace = (by: unknown) => {
    Reflect.set(fs, 'writeSync', by);
    syncBuiltinESMExports();
  };
  replace(write);
  return () => replace(writeSync);
}

describe('an embedded store on a full disk', function () {
  this.timeout(180_000);

  it('refuses what it cannot keep, loses nothing, and goes on when there is room again', async () => {
    const directory = await embeddedDirectory();
    const store = await openStore(directory.path, silentLog);
    try {
      const [before, later] = [aFresh(), aFresh()];
      let refused = aFresh();
      const keep = (request: typeof before) => store.requests.propose(aSource(), () => ({ request, effects: [] }));
      await keep(before);
      const freeDisk = fillDisk();
      try {
        const growing = async () => {
          for (;;) {
            refused = aFresh();
            await keep(refused);
          }
        };
        await assert.rejects(growing(), /No space left on device/);
        assert.deepEqual(await store.requests.find(before.id), before);
      } finally {
        freeDisk();
      }
      await keep(later);
      assert.deepEqual(await store.requests.find(before.id), before);
      assert.equal(await store.requests.find(refused.id), undefined);
      assert.deepEqual(await store.requests.find(later.id), later);
    } finally {
      await store.close();
      await directory.remove();
    }
  });
});
