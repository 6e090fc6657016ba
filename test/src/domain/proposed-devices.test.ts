import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canBeLeftOut, divide } from '../../../src/domain/proposed-devices.ts';
import type { ProposedDevice, Sighting } from '../../../src/domain/request.ts';
import { anEarlier } from '../../build/action.ts';
import { aDevice, anOffer, fullDetails } from '../../build/device.ts';
import { deviceId } from '../../build/ids.ts';
import { aProposedDevice } from '../../build/request.ts';

const found = (n: number): Sighting => ({
  step: 'found',
  device: aDevice({ id: deviceId(n), details: fullDetails }),
  earlier: [anEarlier()],
});
const missing: Sighting = { step: 'problem', problem: { kind: 'deviceNotFound' } };
const open: readonly Sighting[] = [{ step: 'looking' }, { step: 'signInNeeded' }, { step: 'choosing', ...anOffer() }];
const listOf = (...sightings: readonly Sighting[]) => sightings.map(aProposedDevice);
const idsOf = (devices: readonly ProposedDevice[]) =>
  devices.map(({ sighting }) => (sighting.step === 'found' ? sighting.device.id : sighting.step));

describe('which devices of a proposal are collected from', () => {
  it('are those that were found and not unticked, in the order of the list', () => {
    const division = divide(listOf(found(1), found(2), missing, found(3)), [1]);
    assert.deepEqual(idsOf(division?.kept ?? []), [deviceId(1), deviceId(3)]);
    assert.deepEqual(idsOf(division?.leftOut ?? []), [deviceId(2), 'problem']);
  });

  it('waits for whatever is still looked up, or waits for its requester', () => {
    for (const each of open) assert.equal(divide(listOf(found(1), each), []), undefined);
  });

  it('holds a device once, under whatever names it was asked for; its first name decides', () => {
    const twice = listOf(found(1), found(2), found(1));
    assert.deepEqual(idsOf(divide(twice, [])?.kept ?? []), [deviceId(1), deviceId(2)]);
    assert.deepEqual(idsOf(divide(twice, [0])?.kept ?? []), [deviceId(2)]);
    assert.equal(divide(twice, [2]), undefined);
  });

  it('takes nothing unticked that cannot be', () => {
    for (const index of [-1, 2, 7, 0.5]) assert.equal(divide(listOf(found(1), missing), [index]), undefined);
    assert.equal(divide(listOf(found(1), missing), [1]), undefined);
  });

  it('does not leave out the only device there is', () => {
    assert.equal(divide(listOf(missing), []), undefined);
  });

  it('keeps nothing private of what is left out', () => {
    const leftOut = divide(listOf(found(1), found(2)), [1])?.leftOut;
    assert.deepEqual(
      leftOut?.map(({ sighting }) => sighting),
      [{ step: 'found', device: aDevice({ id: deviceId(2) }) }],
    );
  });

  it('leaves nothing unsaid: every device is collected from, left out, or a second name', () => {
    const sighting = fc.oneof(fc.integer({ min: 1, max: 4 }).map(found), fc.constant(missing));
    fc.assert(
      fc.property(fc.array(sighting, { minLength: 2, maxLength: 8 }), fc.array(fc.nat(8)), (sightings, wished) => {
        const devices = listOf(...sightings);
        const division = divide(
          devices,
          wished.filter((index) => canBeLeftOut(devices, index)),
        );
        assert.ok(division !== undefined);
        const { kept, leftOut } = division;
        const ids = idsOf([...kept, ...leftOut]).filter((id) => id !== 'problem');
        assert.equal(new Set(ids).size, ids.length);
        assert.deepEqual(new Set(ids), new Set(idsOf(devices).filter((id) => id !== 'problem')));
        assert.equal(ids.length + sightings.filter((each) => each === missing).length, kept.length + leftOut.length);
      }),
    );
  });
});
