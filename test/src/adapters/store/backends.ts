/** The stores that the contract suites run over. */
import { type Backend, connectToServer, openDirectory } from '../../../../src/adapters/store/backend.ts';
import type { QueueName } from '../../../../src/adapters/store/job-payloads.ts';
import { openOn, type Store } from '../../../../src/adapters/store/open-store.ts';
import type { AadObjectId } from '../../../../src/domain/ids.ts';
import type { Log, PostStore, RequestStore } from '../../../../src/ports.ts';
import { embeddedDirectory } from '../../../build/embedded-directory.ts';
import { MemoryStore } from '../../../fakes/memory-store.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { closeAtEnd, freshDatabase } from './postgres-server.ts';

/** A job that waits. */
export interface Waiting {
  readonly payload: object;
  readonly dueAt: number;
}

/** What every store must offer to be tested for the ports' promises. */
export interface StoreUnderTest {
  readonly requests: RequestStore;
  readonly posts: PostStore;
  scheduleSweep(watcher: AadObjectId, afterMs: number): Promise<void>;
  /** The jobs that wait in a queue, in no order. */
  waiting(queue: QueueName): Promise<readonly Waiting[]>;
}

/** A real store, with its inside. */
export interface RealStore {
  readonly store: Store;
  readonly backend: Backend;
  close(): Promise<void>;
}

/** The real stores by name: each opens an empty one. */
export const realStores: Readonly<Record<string, (log?: Log) => Promise<RealStore>>> = {
  PGlite: async (log = silentLog) => {
    const directory = await embeddedDirectory();
    const backend = await openDirectory(directory.path);
    const store = await openOn(backend, log);
    const close = async () => {
      await store.close();
      await directory.remove();
    };
    return { store, backend, close };
  },
  PostgreSQL: async (log = silentLog) => {
    const backend = connectToServer(await freshDatabase(), log);
    const store = await openOn(backend, log);
    return { store, backend, close: () => store.close() };
  },
};

const opened = new Map<string, Promise<RealStore>>();

/** The real stores again, each opened once for all suites that start no workers; closed at the end of the run. */
export const sharedStores: Readonly<Record<string, () => Promise<RealStore>>> = Object.fromEntries(
  Object.entries(realStores).map(([name, open]) => [name, () => openOnce(name, open)] as const),
);

async function openOnce(name: string, open: () => Promise<RealStore>): Promise<RealStore> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const fresh = open();
  opened.set(name, fresh);
  const real = await fresh;
  closeAtEnd(real.close);
  return real;
}

/** Every store by name, the fake included. */
export const everyStore: Readonly<Record<string, () => Promise<StoreUnderTest>>> = {
  'the fake': async () => {
    const store = new MemoryStore();
    return {
      requests: store.requests,
      posts: store.posts,
      scheduleSweep: (watcher, afterMs) => store.scheduleSweep(watcher, afterMs),
      waiting: async (queue) => store.queued.filter((job) => job.queue === queue),
    };
  },
  ...Object.fromEntries(
    Object.entries(sharedStores).map(([name, open]) => [name, async () => underTest(await open())] as const),
  ),
};

function underTest({ store, backend }: RealStore): StoreUnderTest {
  return {
    requests: store.requests,
    posts: store.posts,
    scheduleSweep: (watcher, afterMs) => store.jobs.scheduleSweep(watcher, afterMs),
    waiting: async (queue) => {
      const jobs = await backend.boss.findJobs<object>(queue, { queued: true });
      return jobs.map(({ data, startAfter }) => ({ payload: data, dueAt: startAfter.getTime() }));
    },
  };
}
