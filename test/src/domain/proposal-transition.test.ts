import assert from 'node:assert/strict';
import type { Proposed, Request, Sighting } from '../../../src/domain/request.ts';
import { type RequestEvent, transition } from '../../../src/domain/transition.ts';
import { anEarlier } from '../../build/action.ts';
import { aDevice, anOffer, fullDetails } from '../../build/device.ts';
import { eventsAfter, everyRequestEvent } from '../../build/event.ts';
import { deviceId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { dana, omar } from '../../build/person.ts';
import { aProposal, aProposalAt, aProposedDevice } from '../../build/request.ts';

const now = past(eventsAfter);
const choosing = { step: 'choosing', ...anOffer() } as const;
const inFull: Sighting = { step: 'found', device: aDevice({ details: fullDetails }), earlier: [anEarlier()] };
const pick = (device = deviceId(), by = dana, revision = 1) =>
  ({ type: 'deviceChosen', click: { by, revision }, device }) as const;

function changedBy(request: Request, event: RequestEvent): Request {
  const outcome = transition(request, event, now);
  assert.ok(outcome.kind === 'changed', inWords(outcome));
  return outcome.to;
}

function steps(request: Request): readonly string[] {
  return 'devices' in request ? request.devices.map(({ sighting }) => sighting.step) : [];
}

describe('choosing one of several devices', () => {
  const one = aProposalAt(choosing);

  it('asks Defender for the one that was picked, by its id from then on', () => {
    const to = changedBy(one, pick(deviceId(2)));
    assert.deepEqual('devices' in to && to.devices, [
      { query: { by: 'id', id: deviceId(2) }, sighting: { step: 'looking' } },
    ]);
  });

  const others: Readonly<Record<string, readonly [request: Proposed, event: RequestEvent, why: string]>> = {
    'a device that was not offered': [one, pick(deviceId(3)), 'notNow'],
    'somebody else’s pick': [one, pick(deviceId(), omar), 'notForYou'],
    'a pick on an older card': [one, pick(deviceId(), dana, 0), 'olderRevision'],
    'a pick where nothing is open': [aProposal(), pick(), 'notNow'],
  };
  for (const [what, [request, event, why]] of Object.entries(others)) {
    it(`takes no notice of ${what}`, () => {
      assert.deepEqual(transition(request, event, now), { kind: 'unchanged', why });
    });
  }

  it('comes too late once the proposal has run out', () => {
    assert.deepEqual(transition(one, pick(), one.expiresAt), { kind: 'unchanged', why: 'notNow' });
  });

  it('settles one choice at a time, in the order in which they were typed', () => {
    const two = aProposal({ devices: [aProposedDevice(), aProposedDevice(choosing), aProposedDevice(choosing)] });
    const first = changedBy(two, pick());
    assert.deepEqual(steps(first), ['found', 'looking', 'choosing']);
    assert.deepEqual(steps(changedBy(first, pick(deviceId(2), dana, 2))), ['found', 'looking', 'looking']);
  });

  it('leaves one of several devices out if it is none of those that are offered', () => {
    const two = aProposal({ devices: [aProposedDevice(), aProposedDevice(choosing)] });
    const none = { ...pick(), device: 'none' } as const;
    const chosen = changedBy(two, none);
    assert.deepEqual(steps(chosen), ['found', 'problem']);
    assert.deepEqual('devices' in chosen && chosen.devices[1]?.query, two.devices[1]?.query);
    assert.deepEqual(transition(one, none, now), { kind: 'unchanged', why: 'notNow' });
    assert.deepEqual(transition(aProposal({ devices: [aProposedDevice(), aProposedDevice()] }), none, now), {
      kind: 'unchanged',
      why: 'notNow',
    });
  });

  it('keeps what the look-up found of it, and that it found nothing', () => {
    const looking = aProposalAt({ step: 'looking' });
    const found = { ...everyRequestEvent.deviceFound, earlier: [anEarlier()] };
    for (const [event, sighting] of [
      [found, { step: 'found', device: aDevice(), earlier: [anEarlier()] }],
      [everyRequestEvent.deviceFound, { step: 'found', device: aDevice() }],
    ] as const) {
      const to = changedBy(looking, event);
      assert.deepEqual('devices' in to && to.devices[0]?.sighting, sighting);
    }
  });
});

describe('what only the requester may see', () => {
  it('is forgotten with the confirmation', () => {
    const to = changedBy(aProposalAt(inFull), everyRequestEvent.confirmed);
    assert.deepEqual('collections' in to && to.collections.map(({ device }) => device), [aDevice()]);
  });

  it('is forgotten when the request ends unconfirmed', () => {
    const from = aProposal({ devices: [aProposedDevice(inFull), aProposedDevice(choosing)] });
    for (const outcome of [
      transition(from, everyRequestEvent.cancelled, now),
      transition(from, { type: 'timePassed' }, from.expiresAt),
    ]) {
      assert.ok(outcome.kind === 'changed' && 'devices' in outcome.to);
      assert.deepEqual(
        outcome.to.devices.map(({ sighting }) => sighting),
        [
          { step: 'found', device: aDevice() },
          { step: 'choosing', match: 'sameName', devices: [], hasMore: false },
        ],
      );
    }
  });
});
