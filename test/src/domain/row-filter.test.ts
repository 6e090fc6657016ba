import assert from 'node:assert/strict';
import { actionStatuses } from '../../../src/domain/machine-action.ts';
import type { Request } from '../../../src/domain/request.ts';
import { holds, isInTime, newestOf, rowStages, stageOf } from '../../../src/domain/row-filter.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { aCancelled, aConfirmed, aDenied, aDone, anAwaiting, anExpired, aProposal } from '../../build/request.ts';

const ofRequest = (request: Request) => stageOf({ kind: 'request', request });

describe('how far a row is', () => {
  it('is one of the filter’s choices for each word of Defender', () => {
    const stages = actionStatuses.map((status) =>
      stageOf({ kind: 'action', action: anAction({ status }), followers: [] }),
    );
    assert.deepEqual(stages, ['open', 'open', 'succeeded', 'failed', 'failed', 'stopped']);
    assert.deepEqual([...new Set(stages)].toSorted(), rowStages.toSorted());
  });

  it('is one of them for each state of a request', () => {
    const requests = [aProposal(), anAwaiting(), aConfirmed(), aDenied(), aCancelled(), anExpired(), aDone()];
    assert.deepEqual(requests.map(ofRequest), ['open', 'open', 'open', 'failed', 'stopped', 'stopped', 'succeeded']);
  });

  it('counts a package among several devices before a failure, and a failure before what was stopped', () => {
    const { succeeded, failed, withdrawn, refused } = aCollection;
    const [one, two] = [{ id: collectionId(1) }, { id: collectionId(2) }];
    assert.equal(ofRequest(aDone({ collections: [failed(one), succeeded(two)] })), 'succeeded');
    assert.equal(ofRequest(aDone({ collections: [withdrawn(one), refused(two)] })), 'failed');
    assert.equal(ofRequest(aDone({ collections: [withdrawn(one)] })), 'stopped');
  });
});

describe('the filters', () => {
  it('take a part of a text in any case, and everything where nothing is wanted', () => {
    assert.ok(holds(['LAP-0042'], 'lap'));
    assert.ok(holds([undefined, 'b'], ' B '));
    assert.ok(holds([], undefined) && holds([], '  '));
    assert.ok(!holds([undefined, 'a'], 'b'));
  });

  it('take the first moment of their time, and not the last', () => {
    const time = { from: moment(0), to: moment(10) };
    assert.deepEqual(
      [-1, 0, 9, 10].map((ms) => isInTime(moment(ms), time)),
      [false, true, true, false],
    );
    assert.ok(isInTime(moment(1e9), { from: moment(0) }));
  });
});

describe('an action of a list that is a minute old', () => {
  it('is shown with the end that a request has seen since', () => {
    const action = anAction();
    const collection = aCollection.succeeded();
    const follower = { request: aDone({ collections: [collection] }), collection };
    assert.equal(newestOf(action, [follower]).status, 'Succeeded');
    assert.equal(newestOf(anAction({ status: 'Failed' }), [follower]).status, 'Failed');
    assert.equal(newestOf(action, []).status, 'Pending');
  });
});
