import assert from 'node:assert/strict';
import { sealOf } from '../../../src/domain/approval.ts';
import { hour, minute } from '../../../src/domain/instant.ts';
import type { Proposed, Request } from '../../../src/domain/request.ts';
import { type Outcome, transition } from '../../../src/domain/transition.ts';
import { anEarlier } from '../../build/action.ts';
import { aDevice, fullDetails } from '../../build/device.ts';
import { everyRequestEvent } from '../../build/event.ts';
import { collectionId, collectionRef, deviceId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { dana, omar } from '../../build/person.ts';
import { anApprovalPlace, aPlace, aProposal, aProposalAt, aProposedDevice, aRule } from '../../build/request.ts';

const now = past(minute);
const names = [1, 2].map((n) => ({ id: collectionId(n), ref: collectionRef(n) }));
const twoPerson = aRule({ policy: { kind: 'twoPerson' } });
const inFull = { step: 'found', device: aDevice({ details: fullDetails }) } as const;
const running = anEarlier({ status: 'InProgress' });

function confirm(from: Proposed, rule = twoPerson): Outcome<Request> {
  return transition(from, { ...everyRequestEvent.confirmed, names, rule }, now);
}

describe('Collect, where a second person has to approve', () => {
  it('sends nothing, and looks at the clock half way and at the end', () => {
    const outcome = confirm(aProposal());
    assert.ok(outcome.kind === 'changed' && outcome.to.state === 'awaitingApproval');
    const { remindAt, expiresAt } = outcome.to;
    assert.deepEqual([remindAt, expiresAt], [past(minute + 4 * hour), past(minute + 8 * hour)]);
    assert.deepEqual(outcome.effects, [
      { kind: 'announce' },
      { kind: 'expire', at: remindAt },
      { kind: 'expire', at: expiresAt },
    ]);
  });

  it('seals devices, reason and requester, and says where it is asked', () => {
    const from = aProposal({
      devices: [inFull, { step: 'found', device: aDevice({ id: deviceId(2) }) } as const].map(aProposedDevice),
    });
    const outcome = confirm(from, { ...twoPerson, askedIn: anApprovalPlace() });
    assert.ok(outcome.kind === 'changed' && outcome.to.state === 'awaitingApproval');
    const seal = sealOf({ requester: dana, reason: from.reason, devices: [deviceId(1), deviceId(2)] });
    assert.deepEqual(outcome.to.question, { why: 'everyRequest', seal, askedAt: now, askedIn: anApprovalPlace() });
  });

  it('seals and asks only for what was not left out, and says to the end what was', () => {
    const other = aProposedDevice({ step: 'found', device: aDevice({ id: deviceId(2) }) });
    const from = aProposal({ devices: [aProposedDevice(inFull), other] });
    const event = { ...everyRequestEvent.confirmed, names, rule: twoPerson, unticked: [0] };
    const asked = transition(from, event, now);
    assert.ok(asked.kind === 'changed' && asked.to.state === 'awaitingApproval');
    const seal = sealOf({ requester: dana, reason: from.reason, devices: [deviceId(2)] });
    assert.deepEqual([asked.to.devices.length, asked.to.question.seal], [1, seal]);
    const click = { by: omar, revision: asked.to.revision };
    const approved = transition(asked.to, { ...everyRequestEvent.approved, click, names }, now);
    assert.ok(approved.kind === 'changed' && approved.to.state === 'confirmed');
    assert.deepEqual(
      approved.to.collections.map(({ device }) => device.id),
      [deviceId(2)],
    );
    assert.deepEqual(approved.to.leftOut, [aProposedDevice({ step: 'found', device: aDevice() })]);
  });

  it('forgets what only the requester may see, after the policy has looked at it', () => {
    const rule = aRule({ policy: { kind: 'twoPersonHighValue', tags: [] } });
    const outcome = confirm(aProposalAt({ ...inFull, earlier: [anEarlier()] }), rule);
    assert.ok(outcome.kind === 'changed' && outcome.to.state === 'awaitingApproval');
    assert.equal(outcome.to.question.why, 'highValueDevice');
    assert.deepEqual(outcome.to.devices[0]?.sighting, { step: 'found', device: aDevice() });
  });

  it('goes on at once for a device that does not count as high value', () => {
    const rule = aRule({ policy: { kind: 'twoPersonHighValue', tags: ['crown jewels'] } });
    const ordinary = aDevice({ details: { value: 'Normal', tags: ['kiosk'] } });
    const outcome = confirm(aProposalAt({ step: 'found', device: ordinary }), rule);
    assert.equal(inWords(outcome), 'confirmed: announce, submit at once');
  });

  it('changes nothing where there is nobody else', () => {
    const from = aProposal({ place: aPlace({ kind: 'personal' }) });
    assert.equal(inWords(confirm(from, { ...twoPerson, askedIn: undefined })), 'no change: nobodyToApprove');
    assert.equal(inWords(confirm(from, aRule({ askedIn: undefined }))), 'confirmed: announce, submit at once');
  });
});

describe('Follow it, where a second person would have to approve', () => {
  it('needs nobody, because it sends nothing: it follows what was running, also if that has ended', () => {
    const outcome = confirm(aProposalAt({ ...inFull, earlier: [running] }));
    assert.ok(outcome.kind === 'changed' && outcome.to.state === 'confirmed');
    const [collection] = outcome.to.collections;
    assert.ok(collection?.state === 'running');
    assert.deepEqual(collection.ownership, { kind: 'joined' });
    assert.deepEqual([collection.action.id, collection.action.machineId], [running.id, deviceId()]);
    assert.deepEqual(collection.watcher, dana);
    assert.deepEqual(collection.device, aDevice());
    const kinds = outcome.effects.map(({ kind }) => kind);
    assert.ok(kinds.includes('follow') && kinds.includes('announce') && !kinds.includes('submit'), kinds.join());
  });

  it('waits for an approval when there is one device among them that has to be started', () => {
    const from = aProposal({
      devices: [
        aProposedDevice({ ...inFull, earlier: [running] }),
        aProposedDevice({ step: 'found', device: aDevice({ id: deviceId(2) }) }),
      ],
    });
    assert.match(inWords(confirm(from)), /^awaitingApproval: announce/);
  });

  it('is sent as ever where nobody has to approve', () => {
    const from = aProposalAt({ ...inFull, earlier: [running] });
    assert.equal(inWords(confirm(from, aRule())), 'confirmed: announce, submit at once');
  });
});
