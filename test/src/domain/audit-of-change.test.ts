import assert from 'node:assert/strict';
import { type AuditEntry, isRefusal } from '../../../src/domain/audit-entry.ts';
import { auditOfChange, auditOfProposal } from '../../../src/domain/audit-of-change.ts';
import { type Collection, isFinal, type Request } from '../../../src/domain/request.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice, byId } from '../../build/device.ts';
import { collectionsOf, inEveryHistory } from '../../build/history.ts';
import { dana } from '../../build/person.ts';
import { everyProblem } from '../../build/problem.ts';
import {
  aCancelled,
  aConfirmed,
  aDone,
  anAwaiting,
  anExpired,
  aPlace,
  aProposal,
  aProposalAt,
  aReason,
} from '../../build/request.ts';

const about = { request: aProposal().id, conversation: aPlace().conversation };
const byDana = { ...about, by: dana };
const ofDevice = { collection: aCollection.queued().id, device: aDevice().id };
const deviceName = aDevice().name;
const { ref } = aCollection.queued();

/** What the audit keeps of one collection's step. */
function ofStep(was: Collection, is: Collection): readonly AuditEntry[] {
  return auditOfChange(aConfirmed({ collections: [was] }), aConfirmed({ collections: [is] }));
}

describe('what the audit keeps of a request', () => {
  it('of a proposal: who asked for which devices, where, and why', () => {
    const details = { devices: [aDevice().id], reason: aReason() };
    assert.deepEqual(auditOfProposal(aProposal({ devices: [{ query: byId(), sighting: { step: 'looking' } }] })), [
      { ...byDana, kind: 'asked', details },
    ]);
  });

  it('of an edit: the new reason', () => {
    const after = aProposal({ reason: aReason('another reason') });
    assert.deepEqual(auditOfChange(aProposal(), after), [
      { ...byDana, kind: 'reasonEdited', details: { reason: 'another reason' } },
    ]);
  });

  it('of a confirmation: the reason, and the ref of every collection that Defender’s comments will bear', () => {
    const devices = [{ ...ofDevice, ref, deviceName }];
    assert.deepEqual(auditOfChange(aProposal(), aConfirmed()), [
      { ...byDana, kind: 'confirmed', details: { reason: aReason(), devices } },
    ]);
  });

  it('of what a confirmation left out: as it was asked for', () => {
    const missing = { query: { by: 'name', name: 'lap-9' }, sighting: { step: 'looking' } } as const;
    const [entry] = auditOfChange(aProposal(), aConfirmed({ leftOut: [missing] }));
    assert.ok(entry?.kind === 'confirmed');
    assert.deepEqual(entry.details.leftOut, ['lap-9']);
    const [asked] = auditOfChange(aProposal(), anAwaiting({ leftOut: [missing] }));
    assert.ok(asked?.kind === 'approvalAsked');
    assert.deepEqual(asked.details.leftOut, ['lap-9']);
  });

  it('of a proposal’s end: that its requester took it back, or that nobody decided', () => {
    assert.deepEqual(auditOfChange(aProposal(), aCancelled()), [{ ...byDana, kind: 'cancelled', details: {} }]);
    assert.deepEqual(auditOfChange(aProposal(), anExpired()), [{ ...about, kind: 'expired', details: {} }]);
  });

  it('of a submission: Defender’s id of the action, whose it is, and how Defender calls them', () => {
    const action = anAction({ requestor: 'dana@contoso.example' });
    const running = aCollection.running({ action, ownership: { kind: 'probablyOurs' } });
    const details = { ref, deviceName, ownership: 'probablyOurs', requestor: 'dana@contoso.example' } as const;
    const entry = { ...byDana, ...ofDevice, action: action.id, kind: 'submitted', details };
    assert.deepEqual(ofStep(aCollection.submitting(), running), [entry]);
    assert.deepEqual(ofStep(aCollection.queued(), running), [entry], 'also when its answer was found late');
  });

  it('of a join: that it is somebody else’s action, and whose', () => {
    const action = anAction({ requestor: 'omar@contoso.example' });
    const joined = aCollection.running({ action, ownership: { kind: 'joined' } });
    const details = { deviceName, requestor: 'omar@contoso.example' };
    assert.deepEqual(ofStep(aCollection.queued(), joined), [
      { ...byDana, ...ofDevice, action: action.id, kind: 'joined', details },
    ]);
  });

  it('of a refusal: the problem with its correlation id, and the ref to look for in Defender', () => {
    const refused = aCollection.refused({ problem: everyProblem.notPermitted });
    const { correlationId } = everyProblem.notPermitted;
    const details = { ref, deviceName, problem: everyProblem.notPermitted };
    assert.deepEqual(ofStep(aCollection.submitting(), refused), [
      { ...byDana, ...ofDevice, correlationId, kind: 'refused', details },
    ]);
  });

  for (const [state, status] of [
    ['succeeded', 'Succeeded'],
    ['failed', 'Failed'],
    ['timedOut', 'TimeOut'],
    ['cancelled', 'Cancelled'],
    ['unresolved', 'unresolved'],
  ] as const) {
    it(`of an action that ends as ${status}: that end, which nobody here decided`, () => {
      const finished = aCollection[state]();
      const entry = {
        ...about,
        ...ofDevice,
        action: finished.action.id,
        kind: 'finished',
        details: { deviceName, status },
      };
      assert.deepEqual(ofStep(aCollection.running(), finished), [entry]);
      assert.deepEqual(ofStep(aCollection.unwatched(), finished), [entry]);
    });
  }

  it('of a short action: that it was submitted and that it ended, in this order', () => {
    const kinds = ofStep(aCollection.submitting(), aCollection.succeeded()).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['submitted', 'finished']);
  });

  it('of a collection that never got to Defender: who took it back, or that nobody signed in', () => {
    assert.deepEqual(ofStep(aCollection.queued(), aCollection.withdrawn()), [
      { ...byDana, ...ofDevice, kind: 'withdrawn', details: { deviceName } },
    ]);
    assert.deepEqual(ofStep(aCollection.awaitingSignIn(), aCollection.expired()), [
      { ...about, ...ofDevice, kind: 'expired', details: {} },
    ]);
  });

  it('of a look-up: only when the requester may not, and once', () => {
    for (const problem of Object.values(everyProblem)) {
      const refused = aProposalAt({ step: 'problem', problem });
      const kept = auditOfChange(aProposalAt({ step: 'looking' }), refused);
      assert.equal(kept.length, isRefusal(problem) ? 1 : 0, problem.kind);
      assert.deepEqual(auditOfChange(refused, { ...refused, revision: 7 }), []);
    }
    const { correlationId } = everyProblem.notPermitted;
    const details = { wish: 'lookUp', why: 'notPermitted' } as const;
    assert.deepEqual(
      auditOfChange(
        aProposalAt({ step: 'looking' }),
        aProposalAt({ step: 'problem', problem: everyProblem.notPermitted }),
      ),
      [{ ...byDana, device: aDevice().id, correlationId, kind: 'personRefused', details }],
    );
  });

  it('of steps that nobody decided: nothing', () => {
    assert.deepEqual(ofStep(aCollection.queued(), aCollection.submitting()), []);
    assert.deepEqual(ofStep(aCollection.running(), aCollection.unwatched()), []);
    assert.deepEqual(ofStep(aCollection.unwatched(), aCollection.running()), []);
    assert.deepEqual(auditOfChange(aConfirmed({ collections: [aCollection.succeeded()] }), aDone()), []);
  });

  it('holds each collection’s way once, whatever happens: at most one action, and exactly one end', () => {
    let entries: AuditEntry[] = [];
    inEveryHistory(({ before, after }) => {
      if (before.state === 'proposed' && before.revision === 0) entries = [];
      entries.push(...auditOfChange(before, after));
      for (const collection of collectionsOf(after)) assert.deepEqual(told(entries, collection), expected(collection));
      const released = entries.filter(({ kind }) => kind === 'confirmed' || kind === 'approved');
      assert.equal(released.length, isConfirmed(after) ? 1 : 0);
    });
  });
});

function told(entries: readonly AuditEntry[], { id }: Collection) {
  const own = entries.filter(({ collection }) => collection === id).map(({ kind }) => kind);
  const isGot = (kind: string) => kind === 'submitted' || kind === 'joined';
  return { got: own.filter(isGot).length, ended: own.filter((kind) => !isGot(kind)).length };
}

function expected(collection: Collection) {
  return { got: 'action' in collection ? 1 : 0, ended: isFinal(collection) ? 1 : 0 };
}

function isConfirmed({ state }: Request): boolean {
  return state === 'confirmed' || state === 'done';
}
