import assert from 'node:assert/strict';
import { stub } from 'sinon';
import { verifyChain } from '../../../../src/adapters/store/audit-verify.ts';
import { auditOfProposal } from '../../../../src/domain/audit-of-change.ts';
import { newRequestId } from '../../../../src/domain/ids.ts';
import { deviceId, machineActionId, requestId } from '../../../build/ids.ts';
import { dana } from '../../../build/person.ts';
import { aConfirmed } from '../../../build/request.ts';
import { chained, decisions, emptyAudit, records, seal, sealedAudit, waitingRows } from './audit-rig.ts';
import { type RealStore, sharedStores } from './backends.ts';
import { aFresh, aSource } from './fresh.ts';

for (const [name, open] of Object.entries(sharedStores)) {
  describe(`audit log: ${name}`, () => {
    let real: RealStore;
    before(async function () {
      this.timeout(180_000);
      real = await open();
    });
    beforeEach(() => emptyAudit(real));

    it('keeps who, what, where, when, and about what, each in its column', async () => {
      const before = await real.store.requests.now();
      await sealedAudit(real);
      const kept = await records(real);
      assert.deepEqual(
        kept.map((record) => record?.kind),
        decisions.map(({ kind }) => kind),
      );
      const [, asked, cancelAsked, expired] = kept;
      assert.equal(asked?.byOid, dana.oid);
      assert.equal(asked?.byName, dana.name);
      assert.equal(asked?.conversation, decisions[1]?.conversation);
      assert.equal(asked?.request, requestId());
      assert.equal(cancelAsked?.action, machineActionId());
      assert.equal(cancelAsked?.device, deviceId());
      assert.deepEqual(cancelAsked?.details, { reason: '"quoted", typed' });
      assert.equal(expired?.byOid, null);
      const at = Date.parse(asked?.at ?? '');
      assert.ok(at >= before && at <= (await real.store.requests.now()));
    });

    it('keeps a text that the database would refuse, without what it refuses', async () => {
      await sealedAudit(real);
      assert.deepEqual((await records(real))[1]?.details, {
        reason: 'half a pair \ufffd, and a NUL ',
        devices: ['ws-mia-042'],
      });
    });

    it('names a person by the user name that was known of them at that moment', async () => {
      const by = aFresh().requester;
      const note = () => real.store.audit.record({ kind: 'signedIn', by, details: {} });
      await note();
      await real.store.audit.rememberUpn(by.oid, 'dana@contoso.example');
      await note();
      await real.store.audit.rememberUpn(by.oid, 'dana@new.example');
      await note();
      await seal(real);
      const names = (await records(real)).map((record) => record?.byUpn);
      assert.deepEqual(names, [null, 'dana@contoso.example', 'dana@new.example']);
    });

    it('keeps a decision exactly when its change is kept, with the job that seals it', async () => {
      const request = aFresh();
      const source = aSource();
      const propose = () => real.store.requests.propose(source, () => ({ request, effects: [{ kind: 'announce' }] }));
      const upsert = stub(real.backend.boss, 'upsert').rejects(new Error('no room'));
      await assert.rejects(propose(), /no room/).finally(() => upsert.restore());
      assert.deepEqual(await waitingRows(real), []);
      await propose();
      await propose();
      const to = { ...aConfirmed({ id: request.id, requester: request.requester }), revision: 1 };
      await real.store.requests.change(request.id, () => ({ kind: 'changed', to, effects: [] }));
      await real.store.requests.change(request.id, () => ({ kind: 'unchanged', why: 'notNow' }));
      assert.equal((await waitingRows(real)).length, 2);
      await seal(real);
      assert.deepEqual(
        (await records(real)).map((record) => [record?.kind, record?.request]),
        [
          ['asked', request.id],
          ['confirmed', request.id],
        ],
      );
    });

    it('seals rows in the order of their numbers, without a gap, and each once, whoever is at it', async () => {
      for (const decision of decisions) await real.store.audit.record(decision);
      const numbers = (await waitingRows(real)).flat();
      await Promise.all([numbers, numbers.toReversed(), numbers.slice(2)].map((each) => real.store.chainAudit(each)));
      assert.deepEqual(await chained(real), numbers);
      const kept = await records(real);
      assert.deepEqual(
        kept.map((record) => record?.position),
        [1, 2, 3, 4, 5],
      );
    });

    it('lets many hands seal one row each at the same moment, and the chain is whole', async () => {
      for (let n = 0; n < 20; n += 1) await real.store.audit.record({ kind: 'signedIn', by: dana, details: {} });
      const numbers = (await waitingRows(real)).flat();
      await Promise.all(numbers.map((number) => real.store.chainAudit([number])));
      const verdict = await verifyChain(real.backend.db);
      assert.equal(verdict.ok && verdict.head.count, 20);
    });

    it('outlives the request that it tells of', async () => {
      const request = aFresh({ id: newRequestId() });
      await real.store.requests.propose(aSource(), () => ({ request, effects: [] }));
      await real.backend.db.deleteFrom('request').where('id', '=', request.id).execute();
      await seal(real);
      assert.deepEqual(
        (await records(real)).map((record) => record?.request),
        [request.id],
      );
    });
  });
}

describe('audit log: a row that is committed late', () => {
  it('is sealed by the job of its own transaction, after rows with higher numbers', async function () {
    this.timeout(180_000);
    const real = await sharedStores.PostgreSQL?.();
    assert.ok(real);
    await emptyAudit(real);
    const late = await real.backend.db.startTransaction().execute();
    await real.store.audit.write(late, auditOfProposal(aFresh()), await real.store.requests.now());
    await real.store.audit.record({ kind: 'signedIn', by: dana, details: {} });
    assert.deepEqual(await waitingRows(real), [[2]], 'nothing waits for the other');
    await seal(real);
    assert.deepEqual(await chained(real), [2]);
    await late.commit().execute();
    assert.deepEqual(await waitingRows(real), [[1]]);
    await seal(real);
    assert.deepEqual(await chained(real), [2, 1]);
  });
});
