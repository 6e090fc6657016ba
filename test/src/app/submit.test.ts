import assert from 'node:assert/strict';
import { postDeadline, submit } from '../../../src/app/submit.ts';
import type { DefenderResult } from '../../../src/domain/defender-failure.ts';
import type { CollectionId } from '../../../src/domain/ids.ts';
import { hour, minute, second } from '../../../src/domain/instant.ts';
import type { MachineAction } from '../../../src/domain/machine-action.ts';
import { type Collection, roundOf } from '../../../src/domain/request.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, collectionRef, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, anApproval, aReason } from '../../build/request.ts';
import type { MemoryStore } from '../../fakes/memory-store.ts';
import { bench, failed, ok, put, status, storedCollection, waiting } from './bench.ts';

/** A bench with one collection of Dana's in it, and her submission job to run. */
async function aBenchWith(collection: Collection) {
  const made = bench();
  await put(made.memory, aConfirmed({ collections: [collection] }));
  return {
    ...made,
    run: async () => submit(made.ports, requestId(), collection.id, await roundNow(made.memory, collection.id)),
    now: () => storedCollection(made.memory, collection.id),
  };
}

async function roundNow(memory: MemoryStore, id: CollectionId): Promise<number> {
  const collection = await storedCollection(memory, id);
  return 'attempts' in collection ? roundOf(collection) : 0;
}

const ours = anAction({ createdAt: past(5 * minute) });
const theirs = anAction({
  id: machineActionId(7),
  comment: 'by hand',
  requestor: 'omar@corp.example',
  createdAt: past(0),
});
const busy = status(400, { code: 'ActiveRequestAlreadyExists' });

describe('sending a collection', () => {
  it('sends ref and reason as the requester, and follows what Defender made of it', async () => {
    const { ports, run, now, memory } = await aBenchWith(aCollection.queued());
    ports.defender.collect.resolves(ok(ours));
    await run();
    const [token, device, comment] = ports.defender.collect.firstCall.args;
    assert.equal(token.reveal(), `of ${dana.oid}`);
    assert.equal(device, deviceId());
    assert.equal(comment, `[ref ${collectionRef()}] suspicious logon, alert 1234`);
    const running = await now();
    assert.ok(running.state === 'running');
    assert.deepEqual([running.action, running.ownership, running.watcher], [ours, { kind: 'ours' }, dana]);
    assert.ok(waiting(memory).includes('follow in 2 s'));
  });

  it('sends what was approved, with both names, still as the requester', async () => {
    const { ports, memory } = bench();
    await put(memory, aConfirmed({ approval: anApproval(), collections: [aCollection.queued()] }));
    ports.defender.collect.resolves(ok(ours));
    await submit(ports, requestId(), collectionId(), await roundNow(memory, collectionId()));
    const [token, , comment] = ports.defender.collect.firstCall.args;
    assert.equal(token.reveal(), `of ${dana.oid}`);
    assert.match(
      comment,
      /^\[ref \w+\] \[asked by Dana Reyes, approved by Omar Haddad omar\.haddad@corp\.example\] suspicious/,
    );
  });

  it('sends nothing that differs from what was approved, and says so in the log', async () => {
    const { ports, memory } = bench();
    const request = aConfirmed({ approval: anApproval(), reason: aReason('another reason') });
    await put(memory, request);
    await submit(ports, requestId(), collectionId(), await roundNow(memory, collectionId()));
    assert.equal(ports.defender.collect.callCount, 0);
    const to = await storedCollection(memory, collectionId());
    assert.ok(to.state === 'refused' && to.problem.kind === 'notAsApproved');
    assert.ok(ports.log.lines.some(({ level }) => level === 'error'));
  });

  it('stores the attempt before it sends', async () => {
    const { ports, run, now } = await aBenchWith(aCollection.queued());
    ports.defender.collect.callsFake(async () => {
      const sending = await now();
      assert.ok(sending.state === 'submitting' && sending.attempts.count === 1);
      return ok(ours);
    });
    await run();
    assert.equal(ports.defender.collect.callCount, 1);
  });

  it('counts the deadline of the POST from before the attempt is stored', async () => {
    const { ports, run, memory } = await aBenchWith(aCollection.queued());
    const began = ports.monotonic();
    const change = ports.store.change.bind(ports.store);
    ports.store.change = async (id, decide) => {
      memory.advance(4 * second);
      return await change(id, decide);
    };
    ports.defender.collect.resolves(ok(ours));
    await run();
    assert.equal(ports.defender.collect.firstCall.args[3], began + postDeadline);
  });

  it('sends nothing when somebody took it back meanwhile', async () => {
    const { ports, run, memory } = await aBenchWith(aCollection.queued());
    const find = ports.assertions.find.bind(ports.assertions);
    ports.assertions.find = async (person) => {
      await put(memory, aConfirmed({ collections: [aCollection.withdrawn()] }));
      return await find(person);
    };
    await run();
  });

  it('does nothing for a collection that waits or is over', async () => {
    for (const collection of [aCollection.awaitingSignIn(), aCollection.running(), aCollection.refused()]) {
      const { run, now } = await aBenchWith(collection);
      await run();
      assert.deepEqual(await now(), collection);
    }
  });

  it('remembers how Defender calls the requester', async () => {
    const { ports, run } = await aBenchWith(aCollection.queued());
    ports.defender.collect.resolves(ok(ours));
    await run();
    assert.equal(await ports.store.requestorName(dana.oid), 'dana.reyes@corp.example');
  });

  it('learns the new name where Defender calls the requester otherwise by now', async () => {
    const { ports, run, now } = await aBenchWith(aCollection.queued());
    await ports.store.rememberRequestorName(dana.oid, 'before@corp.example');
    ports.defender.collect.resolves(ok({ ...ours, requestor: 'after@corp.example' }));
    await run();
    const running = await now();
    assert.ok(running.state === 'running' && running.ownership.kind === 'ours');
    assert.equal(await ports.store.requestorName(dana.oid), 'after@corp.example');
  });

  it('joins another’s action that a 201 returns, and does not take its name for the requester’s', async () => {
    const { ports, run, now } = await aBenchWith(aCollection.queued());
    ports.defender.collect.resolves(ok(theirs));
    await run();
    const joined = await now();
    assert.ok(joined.state === 'running');
    assert.deepEqual([joined.ownership, joined.watcher], [{ kind: 'joined' }, dana]);
    assert.equal(await ports.store.requestorName(dana.oid), undefined);
  });

  const answers: readonly (readonly [
    what: string,
    result: DefenderResult<MachineAction>,
    expected: string,
    job: string,
  ])[] = [
    ['a 403 refuses it', status(403), 'refused notPermitted', ''],
    ['a 404 refuses it', status(404, { code: 'ResourceNotFound' }), 'refused deviceNotFound', ''],
    ['a 429 puts it off', status(429, { retryAfterMs: 90 * second }), 'queued throttled', 'submit in 90 s'],
    [
      'without a call left it waits for its turn',
      failed({ kind: 'noBudget', retryAfterMs: 40 * second }),
      'queued noBudget',
      'submit in 40 s',
    ],
    [
      'what was never sent is tried again',
      failed({ kind: 'unanswered', sent: false }),
      'queued defenderUnavailable',
      'submit in 10 s',
    ],
    ['a lost answer is looked for', failed({ kind: 'unanswered', sent: true }), 'submitting', 'submit in 10 s'],
    ['a 500 is looked for', status(500), 'submitting', 'submit in 10 s'],
    [
      'a 201 nobody can read is looked for',
      failed({ kind: 'unreadable', status: 201 }),
      'submitting',
      'submit in 10 s',
    ],
    [
      'an action on another device is looked for',
      ok(anAction({ machineId: deviceId(2) })),
      'submitting',
      'submit in 10 s',
    ],
    ['a 400 already running is looked for at once', busy, 'submitting', 'submit in 0 s'],
    ['a 401 waits for a fresh sign-in', status(401), 'awaitingSignIn moreProofNeeded', 'expire in 28800 s'],
  ];
  for (const [what, result, expected, job] of answers) {
    it(what, async () => {
      const { ports, run, now, memory } = await aBenchWith(aCollection.queued());
      ports.defender.collect.resolves(result);
      await run();
      const to = await now();
      const problem = to.state === 'queued' ? to.delayedBy : 'problem' in to ? to.problem : undefined;
      assert.equal([to.state, problem?.kind].filter(Boolean).join(' '), expected);
      assert.equal(waiting(memory).find((each) => !each.startsWith('announce')) ?? '', job);
    });
  }

  it('forgets the sign-in that a 401 rejected', async () => {
    const { ports, run, assertions } = await aBenchWith(aCollection.queued());
    ports.defender.collect.resolves(status(401));
    await run();
    assert.deepEqual(assertions.signedOut, [dana.oid]);
  });
});

describe('sending without access', () => {
  it('waits for a sign-in when the token is gone', async () => {
    const { assertions, run, now } = await aBenchWith(aCollection.queued());
    assertions.lose(dana);
    await run();
    assert.equal((await now()).state, 'awaitingSignIn');
  });

  it('says why Entra wants a new one', async () => {
    const { ports, run, now } = await aBenchWith(aCollection.queued());
    ports.onBehalfOf.problem = { kind: 'moreProofNeeded' };
    await run();
    const to = await now();
    assert.ok(to.state === 'awaitingSignIn' && to.problem?.kind === 'moreProofNeeded');
  });

  it('goes on by itself after a sign-in that came while the missing one was being noted', async () => {
    const { ports, assertions, run, now, memory } = await aBenchWith(aCollection.queued());
    assertions.lose(dana);
    const change = ports.store.change.bind(ports.store);
    ports.store.change = (id, decide) => {
      assertions.signIn(dana);
      return change(id, decide);
    };
    await run();
    assert.equal((await now()).state, 'queued');
    assert.ok(waiting(memory).includes('submit in 0 s'));
  });

  it('tries again by itself while Entra is down', async () => {
    const { ports, run, now, memory } = await aBenchWith(aCollection.queued());
    ports.onBehalfOf.problem = { kind: 'signInUnavailable' };
    await run();
    assert.equal((await now()).state, 'queued');
    assert.ok(waiting(memory).includes('submit in 10 s'));
  });

  it('is refused when only a human can help', async () => {
    const { ports, run, now } = await aBenchWith(aCollection.queued());
    ports.onBehalfOf.problem = { kind: 'consentMissing' };
    await run();
    const to = await now();
    assert.ok(to.state === 'refused' && to.problem.kind === 'consentMissing');
  });
});

describe('sending to a device that another collection of ours is at', () => {
  const mine = aCollection.queued({ id: collectionId(2), ref: collectionRef(2) });

  async function beside(other: Collection) {
    const made = await aBenchWith(mine);
    await put(made.memory, aConfirmed({ id: requestId(2), requester: omar, collections: [other] }));
    return made;
  }

  it('joins the running one without a POST', async () => {
    const { run, now } = await beside(aCollection.running({ action: theirs, watcher: omar }));
    await run();
    const to = await now();
    assert.ok(to.state === 'running');
    assert.deepEqual([to.action, to.ownership, to.watcher], [theirs, { kind: 'joined' }, dana]);
  });

  it('waits for the one that is being sent', async () => {
    const { run, now, memory } = await beside(aCollection.submitting());
    await run();
    assert.deepEqual(await now(), { ...mine, attempts: { ...mine.attempts, round: 1 } });
    assert.deepEqual(waiting(memory), ['submit in 10 s']);
  });
});

describe('looking for a POST that had no clear end', () => {
  const submitting = aCollection.submitting({
    startedAt: past(5 * minute),
    attempts: { count: 1, firstAt: past(5 * minute) },
  });

  it('finds its action by the ref and never sends', async () => {
    const { ports, run, now } = await aBenchWith(submitting);
    ports.defender.actionsOnDevice.resolves(ok([theirs, ours]));
    await run();
    const to = await now();
    assert.ok(to.state === 'running');
    assert.deepEqual([to.action, to.ownership], [ours, { kind: 'ours' }]);
    assert.equal(ports.defender.actionsOnDevice.firstCall.args[2], past(-5 * minute));
  });

  it('does not take another’s action for its own, nor join it, before Defender has said that one runs', async () => {
    const { ports, run, now } = await aBenchWith(submitting);
    ports.defender.actionsOnDevice.resolves(ok([theirs]));
    await run();
    const to = await now();
    assert.ok(to.state === 'submitting' && to.emptyLooks === 1);
  });

  it('joins another’s after Defender said that one runs, however old it is', async () => {
    const { ports, run, now } = await aBenchWith({ ...submitting, saidAlreadyRunning: true });
    ports.defender.actionsOnDevice.resolves(ok([theirs]));
    await run();
    const to = await now();
    assert.ok(to.state === 'running' && to.ownership.kind === 'joined');
    assert.equal(ports.defender.actionsOnDevice.firstCall.args[2], undefined);
  });

  it('does not join one that has ended', async () => {
    const { ports, run, now } = await aBenchWith({ ...submitting, saidAlreadyRunning: true });
    ports.defender.actionsOnDevice.resolves(ok([{ ...theirs, status: 'Succeeded' }]));
    await run();
    assert.equal((await now()).state, 'submitting');
  });

  it('sends again only after three empty looks and 30 s', async () => {
    const { ports, run, now, memory } = await aBenchWith(submitting);
    ports.defender.actionsOnDevice.resolves(ok([]));
    for (const state of ['submitting', 'submitting', 'submitting', 'queued']) {
      await run();
      assert.equal((await now()).state, state);
      memory.advance(10 * second);
    }
    assert.equal(ports.defender.actionsOnDevice.callCount, 4);
  });

  it('goes on as one job where a crash has brought one back beside the one that it had planned', async () => {
    const { ports, now, memory } = await aBenchWith(aCollection.submitting());
    ports.defender.actionsOnDevice.resolves(ok([]));
    for (let times = 0; times < 2; times += 1) await submit(ports, requestId(), collectionId(), 0);
    assert.deepEqual(waiting(memory), ['submit in 10 s']);
    assert.equal(ports.defender.actionsOnDevice.callCount, 1);
    const looked = await now();
    assert.ok(looked.state === 'submitting' && looked.emptyLooks === 1 && roundOf(looked) === 1);
  });

  it('does not count a look that failed', async () => {
    const { ports, run, now, memory } = await aBenchWith({ ...submitting, emptyLooks: 2 });
    memory.advance(minute);
    ports.defender.actionsOnDevice.resolves(status(503));
    await run();
    const to = await now();
    assert.ok(to.state === 'submitting' && to.emptyLooks === 2);
    assert.deepEqual(waiting(memory), ['submit in 10 s']);
  });

  it('stops for a sign-in when the token is gone', async () => {
    const { assertions, run, now } = await aBenchWith(submitting);
    assertions.lose(dana);
    await run();
    const to = await now();
    assert.ok(to.state === 'submitting' && to.blockedSince !== undefined);
  });

  it('stops for a fresh sign-in when Defender wants one', async () => {
    const { ports, assertions, run, now } = await aBenchWith(submitting);
    ports.defender.actionsOnDevice.resolves(status(401));
    await run();
    const to = await now();
    assert.ok(to.state === 'submitting' && to.blockedSince !== undefined);
    assert.deepEqual(assertions.signedOut, [dana.oid]);
  });

  it('looks on while Entra is down, and says after 8 h that nobody knows', async () => {
    const { ports, run, now, memory } = await aBenchWith(submitting);
    ports.onBehalfOf.problem = { kind: 'signInUnavailable' };
    await run();
    assert.deepEqual(waiting(memory), ['submit in 10 s']);
    memory.advance(8 * hour);
    await run();
    const to = await now();
    assert.ok(to.state === 'refused' && to.problem.kind === 'outcomeUnknown');
  });
});
