import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { aFresh, aSource } from './fresh.ts';

describe('open store, for the first time', () => {
  it('makes a directory that is not there, for its user alone, with everything in it', async function () {
    this.timeout(90_000);
    const parent = join(tmpdir(), `collector-store-${randomUUID()}`);
    const path = join(parent, 'data');
    try {
      const store = await openStore(path, silentLog);
      const request = aFresh();
      await store.requests.propose(aSource(), () => ({ request, effects: [{ kind: 'announce' }] }));
      assert.deepEqual(await store.requests.find(request.id), request);
      await store.close();
      for (const each of [parent, path]) assert.equal((await stat(each)).mode & 0o777, 0o700);
    } finally {
      await rm(parent, { recursive: true, force: true });
    }
  });
});
