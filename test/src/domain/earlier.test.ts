import assert from 'node:assert/strict';
import { newestEarlier, recentPackage, runningOf } from '../../../src/domain/earlier.ts';
import { day, hour, minute } from '../../../src/domain/instant.ts';
import { anAction, anEarlier } from '../../build/action.ts';
import { machineActionId } from '../../build/ids.ts';
import { after as past, start } from '../../build/moment.ts';

describe('earlier collections of a device', () => {
  it('are the newest five, and what runs comes first', () => {
    const ended = [1, 2, 3, 4, 5, 6].map((n) =>
      anAction({ id: machineActionId(n), status: 'Failed', createdAt: past(n * minute) }),
    );
    const running = anAction({ id: machineActionId(9), status: 'InProgress', createdAt: past(-2 * day) });
    const ids = newestEarlier([...ended, running]).map(({ id }) => id);
    assert.deepEqual(ids, [9, 6, 5, 4, 3].map(machineActionId));
  });

  it('carry who and when, and nothing of what was typed', () => {
    const [earlier] = newestEarlier([anAction({ comment: 'marker', deviceName: 'marker', updatedAt: past(minute) })]);
    assert.deepEqual(earlier, {
      id: machineActionId(),
      status: 'Pending',
      requestor: 'dana.reyes@corp.example',
      createdAt: anAction().createdAt,
      updatedAt: past(minute),
    });
  });

  it('one runs until its status is final', () => {
    const running = anEarlier({ status: 'Pending' });
    assert.equal(runningOf([anEarlier(), running]), running);
    assert.equal(runningOf([anEarlier(), anEarlier({ status: 'Cancelled' })]), undefined);
    assert.equal(runningOf(undefined), undefined);
  });

  it('one is recent for 24 h after it succeeded, by the moment of its end', () => {
    const began = past(-30 * hour);
    const yesterday = anEarlier({ createdAt: began, updatedAt: past(-day) });
    assert.equal(recentPackage([yesterday], start), yesterday);
    assert.equal(recentPackage([anEarlier({ createdAt: began, updatedAt: past(-day - 1) })], start), undefined);
    assert.equal(recentPackage([{ id: machineActionId(), status: 'Succeeded', createdAt: began }], start), undefined);
    assert.equal(recentPackage([anEarlier({ status: 'Failed' })], start), undefined);
    assert.equal(recentPackage(undefined, start), undefined);
  });
});
