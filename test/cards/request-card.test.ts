import assert from 'node:assert/strict';
import { requestCard } from '../../cards/request-card.ts';
import { hour } from '../../src/domain/instant.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { deviceId } from '../build/ids.ts';
import { after } from '../build/moment.ts';
import { everyProblem } from '../build/problem.ts';
import { aConfirmed, aDenied, aDone, anAwaiting, aProposal, aProposedDevice, aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyRequest } from './every-card.ts';

function shown(request: Parameters<typeof requestCard>[0]): string {
  return JSON.stringify(requestCard(request, cardContext));
}

describe('The card that everybody sees', () => {
  it('shows nothing of a device but name, id, system and health', () => {
    const seen = (device = aDevice()) => shown(aProposal({ devices: [aProposedDevice({ step: 'found', device })] }));
    assert.equal(seen(aDevice({ lastSeen: after(-20 * hour) })), seen());
    assert.ok(seen().includes('lap-0042.corp.example'));
    assert.ok(seen().includes(deviceId()));
    assert.ok(seen().includes('Windows11 23H2, sensor active'));
  });

  it("never shows a machine action's comment: it may be somebody else's", () => {
    const action = anAction({ comment: 'marker-4711' });
    for (const request of [
      aConfirmed({ collections: [aCollection.running({ action, ownership: { kind: 'joined' } })] }),
      aDone({ collections: [aCollection.succeeded({ action })] }),
    ]) {
      assert.ok(!shown(request).includes('marker-4711'));
    }
  });

  it('shows the requester and the quoted reason in every state', () => {
    for (const [name, request] of everyRequest) {
      assert.ok(shown(request).includes('Asked by Dana Reyes'), name);
      assert.ok(shown(request).includes(`“${request.reason}”`), name);
    }
  });

  it('names who started a collection that was already running', () => {
    const action = anAction({ requestor: 'omar.haddad@corp.example' });
    const running = aCollection.running({ action, ownership: { kind: 'joined' } });
    const card = shown(aConfirmed({ collections: [running] }));
    assert.match(card, /already running on this device: \*\*omar\.haddad@corp\.example\*\* started it/);
    assert.match(card, /no second one was started/);
  });

  it('says of a doubtful action that it is probably ours', () => {
    const running = aCollection.running({ ownership: { kind: 'probablyOurs' } });
    assert.match(shown(aConfirmed({ collections: [running] })), /probably/);
  });

  it('says of a delay that it is tried again by itself', () => {
    const delayed = aCollection.queued({ delayedBy: { kind: 'defenderUnavailable' } });
    assert.match(shown(aConfirmed({ collections: [delayed] })), /tries again by itself/);
  });

  it('says of a collection in the queue for how long, and that nobody has to do anything', () => {
    const queued = shown(aConfirmed({ collections: [aCollection.queued({ delayedBy: everyProblem.noBudget })] }));
    assert.match(queued, /Queued, about 40 s/);
    assert.match(queued, /sent by itself .* nobody has to do anything/);
    assert.doesNotMatch(queued, /Try again|up to an hour/);
  });

  it('counts the devices that are done, where there are several', () => {
    const collections = [aCollection.succeeded(), aCollection.failed(), aCollection.running()];
    assert.match(shown(aConfirmed({ collections })), /2 of 3 done, 1 failed/);
    const stopped = [...collections, aCollection.cancelled()];
    assert.match(shown(aConfirmed({ collections: stopped })), /3 of 4 done, 1 failed, 1 cancelled/);
    assert.doesNotMatch(shown(aConfirmed()), /of 1 done/);
  });

  it('names what was left out, to its end', () => {
    const leftOut = [aProposedDevice({ step: 'found', device: aDevice({ name: 'web-9' }) })];
    for (const request of [
      aConfirmed({ leftOut }),
      aDone({ leftOut }),
      anAwaiting({ leftOut }),
      aDenied({ leftOut }),
    ]) {
      assert.match(shown(request), /Left out, so that nothing was sent for it: web-9/);
    }
  });

  it('holds the longest reason', () => {
    const reason = aReason('long '.repeat(200));
    assert.ok(shown(aProposal({ reason })).includes(reason));
  });
});
