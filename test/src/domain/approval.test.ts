import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAsApproved, parseApprovalSeal, sealOf } from '../../../src/domain/approval.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { deviceId, tenantId } from '../../build/ids.ts';
import { aPerson, dana, omar } from '../../build/person.ts';
import { aConfirmed, anApproval, aReason } from '../../build/request.ts';

const asked = { requester: dana, reason: aReason(), devices: [deviceId(1), deviceId(2)] };

describe('the seal on what was approved', () => {
  it('is the same for the same devices, reason and requester, whatever the requester is called', () => {
    assert.equal(sealOf(asked), sealOf({ ...asked, requester: { ...dana, name: 'D. Reyes' } }));
  });

  const changes = {
    'another requester': { requester: omar },
    'the same person id in another tenant': { requester: aPerson(1, { tenant: tenantId(2) }) },
    'another reason': { reason: aReason('another reason') },
    'another device': { devices: [deviceId(1), deviceId(3)] },
    'one device less': { devices: [deviceId(1)] },
    'one device more': { devices: [deviceId(1), deviceId(2), deviceId(3)] },
    'another order': { devices: [deviceId(2), deviceId(1)] },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`differs for ${what}`, () => assert.notEqual(sealOf({ ...asked, ...change }), sealOf(asked)));
  }

  it('is not the same for two reasons, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        const [a, b] = [aReason(`x${one}`), aReason(`x${other}`)];
        assert.equal(sealOf({ ...asked, reason: a }) === sealOf({ ...asked, reason: b }), a === b);
      }),
    );
  });

  it('is read back from a store, and nothing else is', () => {
    assert.equal(parseApprovalSeal(sealOf(asked)), sealOf(asked));
    for (const text of ['', 'approved', `${sealOf(asked)}A`, sealOf(asked).slice(1)]) {
      assert.equal(parseApprovalSeal(text), undefined);
    }
  });
});

describe('whether a request is still what was approved', () => {
  const approval = anApproval();

  it('is so for the approved device, reason and requester, and where nobody had to approve', () => {
    assert.ok(isAsApproved(aConfirmed({ approval })));
    assert.ok(isAsApproved(aConfirmed({ requester: omar })));
  });

  const changed = {
    reason: aConfirmed({ approval, reason: aReason('another reason') }),
    requester: aConfirmed({ approval, requester: omar }),
    device: aConfirmed({ approval, collections: [aCollection.queued({ device: aDevice({ id: deviceId(9) }) })] }),
    'number of devices': aConfirmed({ approval, collections: [aCollection.queued(), aCollection.queued()] }),
  };
  for (const [what, request] of Object.entries(changed)) {
    it(`is not so with another ${what}`, () => assert.equal(isAsApproved(request), false));
  }
});
