import assert from 'node:assert/strict';
import { payloadReaders, type QueueName } from '../../../../src/adapters/store/job-payloads.ts';
import { openStore, type Store } from '../../../../src/adapters/store/open-store.ts';
import { requestId as readRequestId } from '../../../../src/adapters/store/wire-values.ts';
import { collectionId, deviceId, machineActionId, requestId } from '../../../build/ids.ts';
import { dana, omar } from '../../../build/person.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { firstRelease, type Tables, tablesOf } from './first-release.ts';

describe('an upgrade from the first release, by three replicas at once,', function () {
  this.timeout(120_000);
  let url: string;
  let old: Tables;
  let stores: readonly Store[];

  before(async () => {
    url = await firstRelease();
    old = await tablesOf(url);
    stores = await Promise.all([1, 2, 3].map(() => openStore(url, silentLog)));
  });
  after(() => Promise.all(stores.map((store) => store.close())));

  const store = (): Store => {
    const [first] = stores;
    assert.ok(first);
    return first;
  };

  it('keeps every row as it was', async () => {
    const now = await tablesOf(url);
    for (const [table, rows] of Object.entries(old)) {
      assert.ok(rows.length > 0, table);
      assert.partialDeepStrictEqual(now[table], rows);
      assert.equal(now[table]?.length, rows.length);
    }
  });

  it('reads a request and a collection in every state that there was', async () => {
    const read = await Promise.all(
      (old.request ?? []).map(async ({ id, document }) => {
        const found = await store().requests.find(readRequestId.parse(id));
        assert.partialDeepStrictEqual(found, document);
        return found;
      }),
    );
    assert.deepEqual([...new Set(read.map((each) => each?.state))].toSorted(), [
      'cancelled',
      'confirmed',
      'done',
      'expired',
      'proposed',
    ]);
  });

  it('still finds by the columns what was stored before', async () => {
    const { requests, posts, conversations } = store();
    assert.equal((await requests.openOnDevice(deviceId(15), collectionId(1)))?.collection.state, 'running');
    assert.deepEqual(
      (await requests.watchedBy(dana.oid)).map(({ collection }) => collection.id),
      [collectionId(15), collectionId(17)],
    );
    assert.equal((await requests.watchedBy(omar.oid)).length, 1);
    assert.equal((await requests.aboutActions([machineActionId(20)])).length, 1);
    assert.equal(await requests.requestorName(dana.oid), 'dana.reyes@contoso.example');
    assert.equal((await posts.posted(requestId(40), 'closing'))?.activity, 'post-3');
    assert.equal(await conversations.personalOf(dana.oid), 'a:1dana');
  });

  it('goes on with what it found: changes it, and makes new ones beside it', async () => {
    const id = requestId(26);
    const seen = await store().requests.change(id, (request) => {
      assert.equal(request.state, 'confirmed');
      return { kind: 'changed', to: { ...request, revision: request.revision + 1 }, effects: [{ kind: 'announce' }] };
    });
    assert.equal(seen?.outcome.kind, 'changed');
    assert.equal((await store().requests.find(id))?.revision, 3);
  });

  it('reads the jobs that were waiting', () => {
    const waiting = {
      announce: { request: requestId(1) },
      lookUp: { request: requestId(2) },
      submit: { request: requestId(20), collection: collectionId(10) },
      follow: { watcher: dana.oid },
      expire: { request: requestId(1) },
      offerSignIn: { request: requestId(3), person: dana },
    } as const satisfies Partial<Record<QueueName, unknown>>;
    assert.partialDeepStrictEqual(payloadReaders.announce.parse(waiting.announce), waiting.announce);
    assert.partialDeepStrictEqual(payloadReaders.lookUp.parse(waiting.lookUp), waiting.lookUp);
    assert.partialDeepStrictEqual(payloadReaders.submit.parse(waiting.submit), waiting.submit);
    assert.partialDeepStrictEqual(payloadReaders.follow.parse(waiting.follow), waiting.follow);
    assert.partialDeepStrictEqual(payloadReaders.expire.parse(waiting.expire), waiting.expire);
    assert.partialDeepStrictEqual(payloadReaders.offerSignIn.parse(waiting.offerSignIn), waiting.offerSignIn);
  });
});
