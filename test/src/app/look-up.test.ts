import assert from 'node:assert/strict';
import { lookUp } from '../../../src/app/look-up.ts';
import type { DefenderResult } from '../../../src/domain/defender-failure.ts';
import type { Device } from '../../../src/domain/device.ts';
import { second } from '../../../src/domain/instant.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import type { Proposed, Sighting } from '../../../src/domain/request.ts';
import { anAction } from '../../build/action.ts';
import { aDevice } from '../../build/device.ts';
import { deviceId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed, aPlace, aProposal, aProposalAt, aProposedDevice } from '../../build/request.ts';
import { bench, failed, ok, put, status, stored, waiting } from './bench.ts';

const looking = aProposalAt({ step: 'looking' });
const byName = aProposal({
  devices: [{ query: { by: 'name', name: 'lap-1' }, sighting: { step: 'looking' } }],
});

async function sightings(memory: Parameters<typeof stored>[0], { id }: Proposed): Promise<readonly Sighting[]> {
  const request = await stored(memory, id);
  return 'devices' in request ? request.devices.map(({ sighting }) => sighting) : [];
}

describe('looking devices up', () => {
  it('shows a device that was asked for by its id, as the requester sees it', async () => {
    const { ports, memory } = bench();
    await put(memory, looking);
    ports.defender.device.resolves(ok(aDevice()));
    ports.defender.actionsOnDevice.resolves(ok([]));
    await lookUp(ports, looking.id);
    assert.deepEqual(await sightings(memory, looking), [{ step: 'found', device: aDevice(), earlier: [] }]);
    const [token, id] = ports.defender.device.firstCall.args;
    assert.deepEqual([token.reveal(), id], [`of ${dana.oid}`, deviceId()]);
  });

  it('shows the one device of a name', async () => {
    const { ports, memory } = bench();
    await put(memory, byName);
    ports.defender.devicesNamed.resolves(ok([aDevice()]));
    ports.defender.actionsOnDevice.resolves(ok([]));
    await lookUp(ports, byName.id);
    assert.deepEqual(await sightings(memory, byName), [{ step: 'found', device: aDevice(), earlier: [] }]);
    assert.equal(ports.defender.devicesNamed.firstCall.args[1], 'lap-1');
  });

  it('never picks one of several with the same name: it offers them', async () => {
    const { ports, memory } = bench();
    await put(memory, byName);
    const devices = [aDevice(), aDevice({ id: deviceId(2) })];
    ports.defender.devicesNamed.resolves(ok(devices));
    await lookUp(ports, byName.id);
    assert.deepEqual(await sightings(memory, byName), [
      { step: 'choosing', match: 'sameName', devices, hasMore: false },
    ]);
  });

  it('offers fifteen, and says when there are more', async () => {
    const devices = Array.from({ length: 16 }, (_, n) => aDevice({ id: deviceId(n) }));
    for (const [found, hasMore] of [
      [devices.slice(1), false],
      [devices, true],
    ] as const) {
      const { ports, memory } = bench();
      await put(memory, byName);
      ports.defender.devicesNamed.resolves(ok(found));
      await lookUp(ports, byName.id);
      assert.deepEqual(await sightings(memory, byName), [
        { step: 'choosing', match: 'sameName', devices: found.slice(0, 15), hasMore },
      ]);
    }
  });

  it('offers names that are near when nobody has the name, also a single one', async () => {
    const { ports, memory } = bench();
    await put(memory, byName);
    ports.defender.devicesNamed.resolves(ok([]));
    ports.defender.devicesNear.resolves(ok([aDevice()]));
    await lookUp(ports, byName.id);
    const devices = [aDevice()];
    assert.deepEqual(await sightings(memory, byName), [
      { step: 'choosing', match: 'nearName', devices, hasMore: false },
    ]);
  });

  it('says that there is none when names near it cannot be searched', async () => {
    const { ports, memory } = bench();
    await put(memory, byName);
    ports.defender.devicesNamed.resolves(ok([]));
    ports.defender.devicesNear.resolves(status(503));
    await lookUp(ports, byName.id);
    assert.deepEqual(await sightings(memory, byName), [{ step: 'problem', problem: { kind: 'deviceNotFound' } }]);
  });

  it('notes what Defender already has of the device, asked as the requester', async () => {
    const { ports, memory } = bench();
    await put(memory, looking);
    ports.defender.device.resolves(ok(aDevice()));
    ports.defender.actionsOnDevice.resolves(ok([anAction({ status: 'InProgress' })]));
    await lookUp(ports, looking.id);
    const [sighting] = await sightings(memory, looking);
    assert.deepEqual(sighting?.step === 'found' && sighting.earlier?.map(({ status }) => status), ['InProgress']);
    const [token, id, since] = ports.defender.actionsOnDevice.firstCall.args;
    assert.deepEqual([token.reveal(), id, since], [`of ${dana.oid}`, deviceId(), undefined]);
  });

  for (const [what, result] of [
    ['is refused', status(403)],
    ['does not come', failed({ kind: 'unanswered', sent: true })],
    ['costs more calls than are left', failed({ kind: 'noBudget', retryAfterMs: 9 })],
  ] as const) {
    it(`shows the device also when the list of its collections ${what}`, async () => {
      const { ports, memory } = bench();
      await put(memory, looking);
      ports.defender.device.resolves(ok(aDevice()));
      ports.defender.actionsOnDevice.resolves(result);
      await lookUp(ports, looking.id);
      assert.deepEqual(await sightings(memory, looking), [{ step: 'found', device: aDevice() }]);
    });
  }

  it('spends no call on the past of devices when there are more than five', async () => {
    const { ports, memory } = bench();
    const six = aProposal({ devices: [1, 2, 3, 4, 5, 6].map(() => aProposedDevice({ step: 'looking' })) });
    await put(memory, six);
    ports.defender.device.resolves(ok(aDevice()));
    await lookUp(ports, six.id);
    assert.equal(ports.defender.actionsOnDevice.callCount, 0);
    assert.ok((await sightings(memory, six)).every(({ step }) => step === 'found'));
  });

  it('says that no device has the name', async () => {
    const { ports, memory } = bench();
    await put(memory, byName);
    ports.defender.devicesNamed.resolves(ok([]));
    ports.defender.devicesNear.resolves(ok([]));
    await lookUp(ports, byName.id);
    assert.deepEqual(await sightings(memory, byName), [{ step: 'problem', problem: { kind: 'deviceNotFound' } }]);
  });

  const refusals: readonly (readonly [what: string, result: DefenderResult<Device>, problem: Problem])[] = [
    ['there is none', status(404, { code: 'ResourceNotFound' }), { kind: 'deviceNotFound' }],
    ['the person may not see it', status(403), { kind: 'notPermitted' }],
    ['Defender is down', status(503), { kind: 'defenderUnavailable' }],
    ['nobody answers', failed({ kind: 'unanswered', sent: true }), { kind: 'defenderUnavailable' }],
    ['nobody can read the answer', failed({ kind: 'unreadable', status: 200 }), { kind: 'defenderUnreadable' }],
  ];
  for (const [what, result, problem] of refusals) {
    it(`says so when ${what}`, async () => {
      const { ports, memory } = bench();
      await put(memory, looking);
      ports.defender.device.resolves(result);
      await lookUp(ports, looking.id);
      assert.deepEqual(await sightings(memory, looking), [{ step: 'problem', problem }]);
    });
  }

  const waits: readonly (readonly [why: string, result: DefenderResult<Device>, wait: string])[] = [
    ['the bot has no call left', failed({ kind: 'noBudget', retryAfterMs: 40 * second }), 'lookUp in 40 s'],
    ['Defender is busy', status(429, { retryAfterMs: 7 * second }), 'lookUp in 7 s'],
    ['Defender is busy and does not say for how long', status(429), 'lookUp in 60 s'],
  ];
  for (const [why, result, wait] of waits) {
    it(`asks again by itself when ${why}, and says so once`, async () => {
      const { ports, memory } = bench();
      await put(memory, looking);
      ports.defender.device.resolves(result);
      await lookUp(ports, looking.id);
      assert.deepEqual(waiting(memory), ['announce in 0 s', wait]);
      const [delayed] = await sightings(memory, looking);
      assert.ok(delayed?.step === 'looking' && delayed.delayedBy !== undefined);
      await lookUp(ports, looking.id);
      assert.equal((await stored(memory, looking.id)).revision, looking.revision + 1);
      ports.defender.device.resolves(ok(aDevice()));
      ports.defender.actionsOnDevice.resolves(ok([]));
      await lookUp(ports, looking.id);
      assert.deepEqual(await sightings(memory, looking), [{ step: 'found', device: aDevice(), earlier: [] }]);
    });
  }

  it('asks for a sign-in, and Defender nothing, when there is no token', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, looking);
    assertions.lose(dana);
    await lookUp(ports, looking.id);
    assert.deepEqual(await sightings(memory, looking), [{ step: 'signInNeeded' }]);
    assert.deepEqual(waiting(memory), ['announce in 0 s']);
  });

  it('goes on by itself after a sign-in that came while the missing one was being noted', async () => {
    const { ports, memory, assertions } = bench();
    await put(memory, looking);
    assertions.lose(dana);
    const change = ports.store.change.bind(ports.store);
    ports.store.change = (id, decide) => {
      assertions.signIn(dana);
      return change(id, decide);
    };
    await lookUp(ports, looking.id);
    assert.deepEqual(await sightings(memory, looking), [{ step: 'looking' }]);
    assert.ok(waiting(memory).includes('lookUp in 0 s'));
  });

  for (const from of ['Entra', 'Defender'] as const) {
    it(`wants a fresh sign-in when ${from} wants more proof, and does not offer a silent one`, async () => {
      const { ports, memory, assertions } = bench();
      const personal = { ...looking, place: aPlace({ kind: 'personal' }) };
      await put(memory, personal);
      if (from === 'Entra') ports.onBehalfOf.problem = { kind: 'moreProofNeeded' };
      else ports.defender.device.resolves(status(401));
      await lookUp(ports, personal.id);
      assert.deepEqual(await sightings(memory, personal), [
        { step: 'signInNeeded', problem: { kind: 'moreProofNeeded' } },
      ]);
      assert.deepEqual(assertions.signedOut, [dana.oid]);
      assert.deepEqual(waiting(memory), ['announce in 0 s']);
    });
  }

  it('shows every device the problem that stands before all of them', async () => {
    const { ports, memory } = bench();
    const two = aProposal({ devices: [aProposedDevice({ step: 'looking' }), aProposedDevice({ step: 'looking' })] });
    await put(memory, two);
    ports.onBehalfOf.problem = { kind: 'consentMissing' };
    await lookUp(ports, two.id);
    const sighting = { step: 'problem', problem: { kind: 'consentMissing' } };
    assert.deepEqual(await sightings(memory, two), [sighting, sighting]);
  });

  it('asks only for what is still awaited, so that it may run again after a crash', async () => {
    const { ports, memory } = bench();
    const half = aProposal({ devices: [aProposedDevice(), aProposedDevice({ step: 'looking' })] });
    await put(memory, half);
    ports.defender.device.resolves(ok(aDevice()));
    ports.defender.actionsOnDevice.resolves(ok([]));
    await lookUp(ports, half.id);
    await lookUp(ports, half.id);
    assert.equal(ports.defender.device.callCount, 1);
  });

  it('asks nobody for a request that is past that', async () => {
    const { ports, memory } = bench();
    const confirmed = aConfirmed();
    await put(memory, confirmed);
    await lookUp(ports, confirmed.id);
    assert.equal(ports.onBehalfOf.count, 0);
  });
});
