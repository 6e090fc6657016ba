import assert from 'node:assert/strict';
import { openDirectory } from '../../../../src/adapters/store/backend.ts';
import { StoreInUse } from '../../../../src/adapters/store/directory-lock.ts';
import { openOn, openStore, type Store } from '../../../../src/adapters/store/open-store.ts';
import { type EmbeddedDirectory, embeddedDirectory } from '../../../build/embedded-directory.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { StoreChild } from './child.ts';
import { aFresh, aSource } from './fresh.ts';
import { freshDatabase } from './postgres-server.ts';
import { Workbench } from './workbench.ts';

describe('open store', () => {
  describe('in a directory', () => {
    let directory: EmbeddedDirectory;
    beforeEach(async function () {
      this.timeout(180_000);
      directory = await embeddedDirectory();
    });
    afterEach(() => directory.remove());

    it('refuses a second process, and goes on at once where a killed one was', async function () {
      this.timeout(180_000);
      const request = aFresh();
      await inStore(directory.path, async (store) => {
        await store.requests.propose(aSource(), () => ({ request, effects: [{ kind: 'lookUp', afterMs: 0 }] }));
      });
      const child = new StoreChild(directory.path);
      try {
        await child.says('open');
        await child.says('lookUp');
        await assert.rejects(openStore(directory.path, silentLog), StoreInUse);
      } finally {
        await child.kill();
      }
      const backend = await openDirectory(directory.path);
      const store = await openOn(backend, silentLog);
      try {
        assert.deepEqual(await store.requests.find(request.id), request);
        const [job] = await backend.boss.findJobs('lookUp', { queued: true });
        assert.equal(job?.state, 'retry', 'the interrupted job does not wait until its heartbeat is missed');
        const bench = new Workbench();
        await store.jobs.work(bench.handlers);
        await bench.begun('lookUp', request.id);
      } finally {
        await store.close();
      }
    });

    it('refuses a second opening in the same process, and opens again after a close', async () => {
      await inStore(directory.path, () => assert.rejects(openStore(directory.path, silentLog), StoreInUse));
      await inStore(directory.path, (store) => store.ready());
    });
  });

  it('lets replicas that start together on an empty database make its tables once', async function () {
    this.timeout(180_000);
    const url = await freshDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(url, silentLog)));
    try {
      const source = aSource();
      const made = await Promise.all(
        stores.map((store) =>
          store.requests.propose(source, () => ({ request: aFresh(), effects: [{ kind: 'announce' }] })),
        ),
      );
      assert.equal(made.filter(Boolean).length, 1);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('is not ready, and says so, when the database does not answer', async () => {
    const store = await openStore(await freshDatabase(), silentLog);
    await store.ready();
    await store.close();
    await assert.rejects(store.ready());
  });

  it('fails, and leaves nothing running, when there is no server', async () => {
    await assert.rejects(openStore('postgres://nobody:secret@127.0.0.1:1/none', silentLog), (error: Error) => {
      assert.equal(String(error).includes('secret'), false);
      return true;
    });
  });

  it('takes no other kind of URL, and does not repeat the password in it', async () => {
    await assert.rejects(openStore('postgress://me:secret@db.example/collector', silentLog), (error: Error) => {
      assert.match(error.message, /DATABASE_URL/);
      assert.equal(error.message.includes('secret'), false);
      return true;
    });
  });
});

async function inStore(path: string, use: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(path, silentLog);
  try {
    await use(store);
  } finally {
    await store.close();
  }
}
