import assert from 'node:assert/strict';
import { sweep } from '../../../src/app/follow.ts';
import { hour, minute, second } from '../../../src/domain/instant.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import type { Running } from '../../../src/domain/request.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, collectionRef, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { aPerson, dana, omar } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { bench, failed, ok, put, status, storedCollection, waiting } from './bench.ts';

/** The n-th running collection of Dana's, on the n-th device. */
function running(n: number, over: Partial<Running> = {}): Running {
  return aCollection.running({
    id: collectionId(n),
    ref: collectionRef(n),
    device: aDevice({ id: deviceId(n) }),
    action: anAction({ id: machineActionId(n), machineId: deviceId(n), createdAt: past(n * minute) }),
    sentAt: past(4 * minute),
    ...over,
  });
}

async function following(...collections: readonly Running[]) {
  const made = bench();
  for (const [n, collection] of collections.entries()) {
    await put(made.memory, aConfirmed({ id: requestId(n + 1), collections: [collection] }));
  }
  return {
    ...made,
    run: () => sweep(made.ports, dana.oid),
    now: (n: number) => storedCollection(made.memory, collectionId(n)),
  };
}

describe('a sweep', () => {
  it('reads one list for everything that the watcher follows, from before the oldest of it', async () => {
    const { ports, run, now } = await following(running(2), running(1), running(3));
    const ended = [1, 2].map((n) => ({ ...running(n).action, status: 'Succeeded' as const }));
    ports.defender.actionsOfRequestor.resolves(ok([...ended, running(3).action]));
    await run();
    assert.equal(ports.defender.actionsOfRequestor.callCount, 1);
    const [token, requestor, since] = ports.defender.actionsOfRequestor.firstCall.args;
    assert.deepEqual(
      [token.reveal(), requestor, since],
      [`of ${dana.oid}`, 'dana.reyes@corp.example', past(minute - 10 * minute)],
    );
    assert.deepEqual(
      [(await now(1)).state, (await now(2)).state, (await now(3)).state],
      ['succeeded', 'succeeded', 'running'],
    );
  });

  it('reads a list for each name that Defender calls the watcher by', async () => {
    const alias = running(2, { action: { ...running(2).action, requestor: 'dreyes' } });
    const { ports, run } = await following(running(1), alias);
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action, alias.action]));
    await run();
    assert.deepEqual(
      ports.defender.actionsOfRequestor.args.map(([, requestor]) => requestor),
      ['dana.reyes@corp.example', 'dreyes'],
    );
  });

  it('asks nobody when the watcher follows nothing', async () => {
    const { ports, run, memory } = await following();
    await run();
    assert.equal(ports.onBehalfOf.count, 0);
    assert.deepEqual(waiting(memory), []);
  });

  it('writes nothing while nothing has changed, and comes again', async () => {
    const { ports, run, now, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action]));
    await run();
    assert.deepEqual(await now(1), running(1));
    assert.deepEqual(waiting(memory), ['follow in 20 s']);
  });

  for (const [age, pace] of [
    [9 * minute, 20],
    [10 * minute, 60],
    [59 * minute, 60],
    [hour, 300],
    [50 * hour, 300],
  ] as const) {
    it(`comes again after ${pace} s when the youngest action is ${age / minute} min old`, async () => {
      const { ports, run, memory } = await following(running(1), running(2, { sentAt: past(0) }));
      ports.defender.actionsOfRequestor.resolves(ok([running(1).action, running(2).action]));
      memory.advance(age - minute);
      await run();
      assert.deepEqual(waiting(memory), [`follow in ${pace} s`]);
    });
  }

  it('comes again when there is a call for it, and takes no news from a list that was not read', async () => {
    const { ports, run, now, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(failed({ kind: 'noBudget', retryAfterMs: 50 * second }));
    await run();
    assert.deepEqual(await now(1), running(1));
    assert.deepEqual(waiting(memory), ['follow in 50 s']);
  });

  it('that got no call comes as soon as there is one, and not a whole interval later', async () => {
    const { ports, run, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(failed({ kind: 'noBudget', retryAfterMs: 4 * second }));
    await run();
    assert.deepEqual(waiting(memory), ['follow in 4 s']);
  });

  it('is the less frequent the more people something is followed for', async () => {
    const { ports, run, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action]));
    for (let n = 2; n <= 40; n += 1) {
      const others = running(n, { watcher: aPerson(n) });
      await put(memory, aConfirmed({ id: requestId(n), requester: aPerson(n), collections: [others] }));
    }
    await run();
    assert.deepEqual(waiting(memory), ['follow in 120.334 s']);
  });

  it('does not come again when all has ended', async () => {
    const { ports, run, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(ok([{ ...running(1).action, status: 'Failed' }]));
    await run();
    assert.deepEqual(waiting(memory), ['announce in 0 s']);
  });

  it('reads an action by its id after it was absent twice, and not before', async () => {
    const { ports, run, now } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(ok([]));
    ports.defender.action.resolves(ok({ ...running(1).action, status: 'Succeeded' }));
    await run();
    await run();
    assert.equal(ports.defender.action.callCount, 0);
    await run();
    assert.equal(ports.defender.action.callCount, 1);
    assert.equal((await now(1)).state, 'succeeded');
  });

  it('starts to count anew when the list shows it again', async () => {
    const { ports, run, now } = await following(running(1, { absentSweeps: 1 }));
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action]));
    await run();
    assert.deepEqual(await now(1), running(1));
  });

  it('takes a list that could not be read for no absence', async () => {
    const { ports, run, now, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(status(503));
    await run();
    assert.deepEqual(await now(1), running(1));
    assert.deepEqual(waiting(memory), ['follow in 20 s']);
  });

  it('reads by id what stands in no list of the watcher: joined, lent, or without a requestor', async () => {
    const { requestor: _, ...nameless } = running(3).action;
    const joined = running(1, { ownership: { kind: 'joined' } });
    const { ports, run, now, memory } = await following(joined, running(3, { action: nameless }));
    const lent = running(2, { watcher: dana });
    await put(memory, aConfirmed({ id: requestId(9), requester: omar, collections: [lent] }));
    ports.defender.action.callsFake(async (_token, id) => {
      const n = [1, 2, 3].find((each) => machineActionId(each) === id) ?? 0;
      return ok({ ...running(n).action, status: 'Succeeded' });
    });
    await run();
    assert.equal(ports.defender.actionsOfRequestor.callCount, 0);
    assert.deepEqual([(await now(1)).state, (await now(2)).state, (await now(3)).state], Array(3).fill('succeeded'));
  });

  it('is not misled by another device’s action under the same id', async () => {
    const { ports, run, now } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(
      ok([{ ...running(1).action, status: 'Succeeded', machineId: deviceId(9) }]),
    );
    await run();
    assert.equal((await now(1)).state, 'running');
  });

  it('goes on when an action cannot be read by its id', async () => {
    const { ports, run, now, memory } = await following(running(1, { ownership: { kind: 'joined' } }));
    ports.defender.action.resolves(status(404));
    await run();
    assert.equal((await now(1)).state, 'running');
    assert.deepEqual(waiting(memory), ['follow in 20 s']);
  });

  it('gives up after three days, whether the action is shown or not', async () => {
    const { ports, run, now, memory } = await following(running(1), running(2, { ownership: { kind: 'joined' } }));
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action]));
    ports.defender.action.resolves(status(404));
    memory.advance(72 * hour);
    await run();
    assert.deepEqual([(await now(1)).state, (await now(2)).state], ['unresolved', 'unresolved']);
  });

  it('never says in the log what people typed', async () => {
    const { ports, run } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(status(400, { message: 'near suspicious logon' }));
    await run();
    assert.equal(ports.log.lines.length, 1);
    assert.doesNotMatch(JSON.stringify(ports.log.lines), /suspicious|e30=/);
  });
});

describe('a sweep whose watcher is gone', () => {
  it('leaves everything unwatched, and says so', async () => {
    const { run, now, assertions, memory } = await following(running(1), running(2));
    assertions.lose(dana);
    await run();
    assert.deepEqual([(await now(1)).state, (await now(2)).state], ['unwatched', 'unwatched']);
    assert.deepEqual(waiting(memory), ['announce in 0 s', 'announce in 0 s']);
  });

  it('goes on by itself after a sign-in that came while that was being noted', async () => {
    const { ports, run, now, assertions } = await following(running(1));
    assertions.lose(dana);
    const change = ports.store.change.bind(ports.store);
    ports.store.change = (id, decide) => {
      assertions.signIn(dana);
      return change(id, decide);
    };
    await run();
    assert.equal((await now(1)).state, 'running');
  });

  it('does not take the watch from somebody who took it meanwhile', async () => {
    const { ports, run, now, assertions, memory } = await following(running(1));
    assertions.lose(dana);
    const find = ports.assertions.find.bind(ports.assertions);
    ports.assertions.find = async (person) => {
      await put(memory, aConfirmed({ collections: [running(1, { watcher: omar })] }));
      return await find(person);
    };
    await run();
    const to = await now(1);
    assert.ok(to.state === 'running' && to.watcher.oid === omar.oid);
  });

  for (const kind of ['signInUnavailable', 'botRefused'] satisfies readonly Problem['kind'][]) {
    it(`waits a minute where no sign-in of anybody would help (${kind})`, async () => {
      const { ports, run, now, memory } = await following(running(1));
      ports.onBehalfOf.problem = { kind };
      await run();
      assert.equal((await now(1)).state, 'running');
      assert.deepEqual(waiting(memory), ['follow in 60 s']);
    });
  }

  it('keeps for the card what Entra wants of the watcher', async () => {
    const { ports, run, now } = await following(running(1));
    const problem: Problem = { kind: 'moreProofNeeded', obstacle: 'secondFactor', code: 'AADSTS50076' };
    ports.onBehalfOf.problem = problem;
    await run();
    const to = await now(1);
    assert.deepEqual(to.state === 'unwatched' && to.problem, problem);
  });

  for (const kind of ['consentMissing', 'signInRefused', 'someoneElsesSignIn'] satisfies readonly Problem['kind'][]) {
    it(`tells people when only they can help (${kind})`, async () => {
      const { ports, run, now } = await following(running(1));
      ports.onBehalfOf.problem = { kind };
      await run();
      assert.equal((await now(1)).state, 'unwatched');
    });
  }

  it('wants a fresh sign-in when Defender does', async () => {
    const { ports, run, now, assertions } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(status(401));
    await run();
    assert.equal((await now(1)).state, 'unwatched');
    assert.deepEqual(assertions.signedOut, [dana.oid]);
  });

  it('wants a fresh sign-in when Defender does for a single action', async () => {
    const { ports, run, now, assertions, memory } = await following(running(1, { ownership: { kind: 'joined' } }));
    ports.defender.action.resolves(status(401));
    await run();
    assert.equal((await now(1)).state, 'unwatched');
    assert.deepEqual(assertions.signedOut, [dana.oid]);
    assert.deepEqual(waiting(memory), ['announce in 0 s']);
  });

  it('comes again for the watcher in their own pace, not for another', async () => {
    const { ports, run, memory } = await following(running(1));
    ports.defender.actionsOfRequestor.resolves(ok([running(1).action]));
    await run();
    const [job] = memory.queued;
    assert.deepEqual(job?.payload, { watcher: dana.oid });
    assert.equal((job?.dueAt ?? 0) - memory.now, 20 * second);
  });
});
