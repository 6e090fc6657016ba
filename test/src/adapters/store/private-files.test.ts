import assert from 'node:assert/strict';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { embeddedDirectory } from '../../../build/embedded-directory.ts';
import { silentLog } from '../../../fakes/silent-log.ts';

/** Whatever somebody else may do with anything in it, or with itself. */
async function opened(directory: string): Promise<readonly string[]> {
  const inside = await readdir(directory, { recursive: true });
  const open: string[] = [];
  for (const path of ['', ...inside]) {
    const { mode } = await stat(join(directory, path));
    if ((mode & 0o077) !== 0) open.push(`${path} ${(mode & 0o777).toString(8)}`);
  }
  return open;
}

describe('the files of an embedded store', () => {
  it('are for their owner alone, while it is open and afterwards, also where they were not before', async function () {
    this.timeout(60_000);
    const directory = await embeddedDirectory();
    try {
      await chmod(directory.path, 0o755);
      await chmod(join(directory.path, 'pgdata', 'PG_VERSION'), 0o666);
      const store = await openStore(directory.path, silentLog);
      try {
        // A cache of the catalogue that PostgreSQL writes anew as it pleases; nobody gets at it from outside.
        const cache = /pg_internal\.init/;
        assert.deepEqual(
          (await opened(directory.path)).filter((path) => !cache.test(path)),
          [],
        );
      } finally {
        await store.close();
      }
      assert.deepEqual(await opened(directory.path), []);
    } finally {
      await directory.remove();
    }
  });
});
