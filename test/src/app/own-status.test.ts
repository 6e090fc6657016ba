import assert from 'node:assert/strict';
import { ownStatus } from '../../../src/app/own-status.ts';
import { day, minute } from '../../../src/domain/instant.ts';
import type { ListPage } from '../../../src/domain/listing.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, machineActionId, requestId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone } from '../../build/request.ts';
import { bench, ok, put, status, storedCollection } from './bench.ts';

const name = 'dana.reyes@corp.example';
const running = aConfirmed({ collections: [aCollection.running()] });

async function benchWith(...requests: Parameters<typeof put>[1][]) {
  const it = bench();
  for (const request of requests) await put(it.memory, request);
  await it.ports.store.rememberRequestorName(dana.oid, name);
  return it;
}

/** Each row in a word: `request 1 confirmed`, `action 7 Pending`. */
function inWords({ rows }: ListPage): readonly string[] {
  return rows.map((row) =>
    row.kind === 'request'
      ? `request ${Number(row.request.id.slice(-2))} ${row.request.state}`
      : `action ${Number(row.action.id.slice(-2))} ${row.action.status}`,
  );
}

describe('/status alone', () => {
  it('shows what goes on first, then the newest, and what the asker started elsewhere and still runs', async () => {
    const { ports } = await benchWith(running, aDone({ id: requestId(2), collections: [] }));
    const elsewhere = anAction({ id: machineActionId(7), createdAt: moment(4 * minute) });
    const over = anAction({ id: machineActionId(8), status: 'Succeeded' });
    ports.defender.actionsOfRequestor.resolves(ok([anAction(), elsewhere, over]));
    const page = await ownStatus(ports, dana, 0);
    assert.deepEqual(inWords(page), ['action 7 Pending', 'request 1 confirmed', 'request 2 done']);
    assert.equal(page.lastKnown, undefined);
  });

  it('asks Defender with the asker’s own token, as far back as something of theirs runs, and three days in any case', async () => {
    const old = anAction({ createdAt: moment(-5 * day) });
    const recent = aCollection.running({ id: collectionId(2), action: anAction({ id: machineActionId(2) }) });
    const both = aConfirmed({ collections: [aCollection.running({ action: old }), recent] });
    const { ports, memory } = await benchWith(both);
    ports.defender.action.resolves(status(404));
    ports.defender.actionsOfRequestor.resolves(ok([old]));
    await ownStatus(ports, dana, 0);
    const [token, requestor, since] = ports.defender.actionsOfRequestor.firstCall.args;
    assert.deepEqual([token.reveal(), requestor, since], [`of ${dana.oid}`, name, moment(-5 * day - 10 * minute)]);
    const fresh = await benchWith();
    fresh.ports.defender.actionsOfRequestor.resolves(ok([]));
    await ownStatus(fresh.ports, dana, 0);
    assert.equal(memory.now - fresh.ports.defender.actionsOfRequestor.firstCall.args[2], 3 * day + 10 * minute);
  });

  it('brings card and list up to date with what Defender says', async () => {
    const { ports, memory } = await benchWith(running);
    ports.defender.actionsOfRequestor.resolves(ok([anAction({ status: 'Succeeded' })]));
    assert.deepEqual(inWords(await ownStatus(ports, dana, 0)), ['request 1 done']);
    assert.equal((await storedCollection(memory, collectionId())).state, 'succeeded');
  });

  it('reads by its id what somebody else started', async () => {
    const joined = aCollection.running({ ownership: { kind: 'joined' } });
    const { ports } = await benchWith(aConfirmed({ collections: [joined] }));
    ports.defender.actionsOfRequestor.resolves(ok([]));
    ports.defender.action.resolves(ok(anAction({ status: 'Failed' })));
    assert.deepEqual(inWords(await ownStatus(ports, dana, 0)), ['request 1 done']);
  });

  it('shows one that cannot be read as it was known', async () => {
    const { ports } = await benchWith(running);
    ports.defender.actionsOfRequestor.resolves(ok([]));
    ports.defender.action.resolves(status(404));
    assert.deepEqual(inWords(await ownStatus(ports, dana, 0)), ['request 1 confirmed']);
  });

  it('shows nothing of another person', async () => {
    const { ports } = await benchWith(running);
    await ports.store.rememberRequestorName(omar.oid, 'omar@corp.example');
    ports.defender.actionsOfRequestor.resolves(ok([]));
    assert.deepEqual(inWords(await ownStatus(ports, omar, 0)), []);
  });

  it('still answers without a sign-in, with what was known last, and says so', async () => {
    const { ports, assertions } = await benchWith(running);
    assertions.lose(dana);
    const page = await ownStatus(ports, dana, 0);
    assert.deepEqual(inWords(page), ['request 1 confirmed']);
    assert.deepEqual(page.lastKnown, { why: 'signIn' });
  });

  it('still answers when Defender does not, with what was known last, and says why', async () => {
    const { ports } = await benchWith(running);
    ports.defender.actionsOfRequestor.resolves(status(503));
    const page = await ownStatus(ports, dana, 0);
    assert.deepEqual(inWords(page), ['request 1 confirmed']);
    assert.deepEqual(page.lastKnown, { why: 'problem', problem: { kind: 'defenderUnavailable' } });
  });

  it('asks for a fresh sign-in when Defender does', async () => {
    const { ports, assertions } = await benchWith(running);
    ports.defender.actionsOfRequestor.resolves(status(401));
    const { lastKnown } = await ownStatus(ports, dana, 0);
    assert.deepEqual(lastKnown, { why: 'signIn', problem: { kind: 'moreProofNeeded' } });
    assert.deepEqual(assertions.signedOut, [dana.oid]);
  });

  it('shows five a page', async () => {
    const requests = [1, 2, 3, 4, 5, 6, 7].map((n) => aDone({ id: requestId(n), collections: [], askedAt: moment(n) }));
    const { ports } = await benchWith(...requests);
    ports.defender.actionsOfRequestor.resolves(ok([]));
    assert.deepEqual(inWords(await ownStatus(ports, dana, 1)), ['request 2 done', 'request 1 done']);
  });
});
