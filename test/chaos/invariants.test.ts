import assert from 'node:assert/strict';
import type { FinalCollection, Request } from '../../src/domain/request.ts';
import { aCollection } from '../build/collection.ts';
import { collectionRef, deviceId, machineActionId } from '../build/ids.ts';
import { aConfirmed, aDone, aProposal } from '../build/request.ts';
import { type Accepted, excusedDoubles, findingsOf, type History, type Told } from './invariants.ts';

/** What Defender has of `aCollection.succeeded()`. */
function accepted(over: Partial<Accepted> = {}): Accepted {
  const comment = `[ref ${collectionRef()}] suspicious logon, alert 1234`;
  return { id: machineActionId(), comment, device: deviceId(), status: 'Succeeded', ...over };
}

function told(request: Request, over: Partial<Told> = {}): Told {
  const closings = request.state === 'done' ? [{ activity: '1', hasClearOutcome: true }] : [];
  return { request, card: { shown: 'as it is', expected: 'as it is' }, closings, ...over };
}

function done(collection: FinalCollection = aCollection.succeeded()): Request {
  return aDone({ collections: [collection] });
}

/** One request that went as it should, and what the test changes about it. */
function history(over: Partial<History> = {}): History {
  return {
    requests: [told(done())],
    accepted: [accepted()],
    confirmed: new Set(),
    jobs: [],
    deadLetters: 0,
    auditFault: undefined,
    ...over,
  };
}

/** The promises that a history breaks. */
function broken(over: Partial<History>): readonly string[] {
  return findingsOf(history(over)).flatMap(({ promise, broken: lines }) => (lines.length === 0 ? [] : [promise]));
}

const once = 'at most one accepted POST per collection';
const asDefender = 'each ends as Defender has it: one POST, a join, or a stated refusal';
const rest = 'nothing in flight, no job, no dead letter';

describe('the checker of a chaos run', () => {
  it('finds nothing wrong with a collection that was sent once, ended, and was told once', () => {
    assert.deepEqual(broken({}), []);
  });

  it('finds a POST that was accepted twice', () => {
    assert.deepEqual(broken({ accepted: [accepted(), accepted({ id: machineActionId(2) })] }), [once]);
  });

  it('finds an action that no stored collection knows of', () => {
    const stray = accepted({ id: machineActionId(2), comment: `[ref ${collectionRef(2)}] lost` });
    assert.deepEqual(broken({ accepted: [accepted(), stray] }), [once]);
  });

  it('finds an action without a ref', () => {
    assert.deepEqual(broken({ accepted: [accepted(), accepted({ id: machineActionId(2), comment: 'no ref' })] }), [
      once,
    ]);
  });

  it('finds a collection that is said to have succeeded and never reached Defender', () => {
    assert.deepEqual(broken({ accepted: [] }), [asDefender]);
  });

  it('finds a refusal of what Defender has accepted', () => {
    assert.deepEqual(broken({ requests: [told(done(aCollection.refused()))] }), [asDefender]);
  });

  it('takes a refusal of what never reached Defender', () => {
    assert.deepEqual(broken({ requests: [told(done(aCollection.refused()))], accepted: [] }), []);
  });

  it('finds an end that is not the one that Defender has', () => {
    assert.deepEqual(broken({ accepted: [accepted({ status: 'Failed' })] }), [asDefender]);
  });

  it('finds a collection that follows an action on another device', () => {
    assert.deepEqual(broken({ accepted: [accepted({ device: deviceId(2) })] }), [asDefender]);
  });

  it('takes a join of somebody else’s action, and finds one beside an action of its own', () => {
    const joined = told(done(aCollection.succeeded({ ownership: { kind: 'joined' } })));
    const others = told(done(aCollection.refused({ ref: collectionRef(2) })));
    const theirs = accepted({ comment: `[ref ${collectionRef(2)}] theirs` });
    assert.deepEqual(broken({ requests: [joined, told(done(aCollection.refused({ ref: collectionRef(3) })))] }), [
      asDefender,
    ]);
    assert.ok(!broken({ requests: [joined, others], accepted: [theirs] }).includes(once));
  });

  it('finds a collection that has not ended', () => {
    assert.deepEqual(broken({ requests: [told(aConfirmed({ collections: [aCollection.running()] }))] }), [rest]);
  });

  it('finds a job that waits, and a dead letter', () => {
    assert.deepEqual(broken({ jobs: ['a job of announce is created: {}'] }), [rest]);
    assert.deepEqual(broken({ deadLetters: 1 }), [rest]);
  });

  it('finds a confirmation that was answered and not kept', () => {
    const confirmed = new Set(['suspicious logon, alert 1234']);
    assert.deepEqual(broken({ confirmed }), []);
    assert.deepEqual(broken({ confirmed, requests: [told(aProposal())], accepted: [] }), [
      'a confirmation that was answered is kept',
    ]);
  });

  it('finds a card that shows an older state, and a request without a card', () => {
    const late = { shown: 'Pending', expected: 'Succeeded' };
    const promise = 'each card shows the state of its request';
    assert.deepEqual(broken({ requests: [told(done(), { card: late })] }), [promise]);
    assert.deepEqual(broken({ requests: [told(done(), { card: undefined })] }), [promise]);
  });

  it('finds a closing message that was lost', () => {
    assert.deepEqual(broken({ requests: [told(done(), { closings: [] })] }), [
      'a closing message for each that is done',
    ]);
  });

  it('finds a closing message that stands there twice, but for the copy whose outcome nobody could know', () => {
    const twice = (hasClearOutcome: boolean) => {
      const closings = [
        { activity: '1', hasClearOutcome },
        { activity: '2', hasClearOutcome: true },
      ];
      return { requests: [told(done(), { closings })] };
    };
    assert.deepEqual(broken(twice(true)), ['no second closing but after an unknown outcome']);
    assert.deepEqual(broken(twice(false)), []);
    assert.equal(excusedDoubles(history(twice(false))), 1);
  });

  it('finds a closing message before the end', () => {
    const request = aConfirmed({ collections: [aCollection.running()] });
    const closings = [{ activity: '1', hasClearOutcome: true }];
    assert.ok(
      broken({ requests: [told(request, { closings })] }).includes('no second closing but after an unknown outcome'),
    );
  });

  it('finds a broken chain of the audit', () => {
    assert.deepEqual(broken({ auditFault: 'row 7 was changed' }), ['the audit’s chain is unbroken']);
  });
});
