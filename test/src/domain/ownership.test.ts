import assert from 'node:assert/strict';
import {
  type CollectionRef,
  type DeviceId,
  parseCollectionRef,
  parseDeviceId,
  parseMachineActionId,
} from '../../../src/domain/ids.ts';
import { type Instant, instantOf, later, minute } from '../../../src/domain/instant.ts';
import { actionStatuses, isFinalStatus, type MachineAction } from '../../../src/domain/machine-action.ts';
import { type Claim, clockTolerance, findActive, findOurs, ownershipOf } from '../../../src/domain/ownership.ts';
import type { Ownership } from '../../../src/domain/request.ts';

const firstAttemptAt = defined(instantOf(new Date('2026-03-01T08:00:00Z')));
const device: DeviceId = defined(parseDeviceId('a'.repeat(40)));
const ref: CollectionRef = defined(parseCollectionRef('0123456789abcdef0123'));
const ourComment = `[ref ${ref}] suspicious logon`;
const claim: Claim = { ref, device, firstAttemptAt, knownRequestor: 'ana@contoso.com' };
const { knownRequestor: _, ...newcomer } = claim;

function defined<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

function action(more: Partial<MachineAction> = {}, number = 1): MachineAction {
  const id = defined(parseMachineActionId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`));
  const createdAt: Instant = later(firstAttemptAt, number);
  return { id, status: 'Pending', machineId: device, createdAt, ...more };
}

type Comment = 'ours' | 'other' | 'none';
type Requestor = 'same' | 'differs' | 'absent' | 'nobodyKnown';

const comments: Readonly<Record<Comment, Partial<MachineAction>>> = {
  ours: { comment: ourComment },
  other: { comment: `says ${ourComment}` },
  none: {},
};
const requestors: Readonly<Record<Requestor, readonly [Partial<MachineAction>, Claim]>> = {
  same: [{ requestor: 'Ana@Contoso.com' }, claim],
  differs: [{ requestor: 'bo@contoso.com' }, claim],
  absent: [{}, claim],
  nobodyKnown: [{ requestor: 'bo@contoso.com' }, newcomer],
};
/** The whole table for an action on the right machine at the right time. */
const expected: Readonly<Record<Comment, Readonly<Record<Requestor, Ownership['kind']>>>> = {
  ours: { same: 'ours', differs: 'joined', absent: 'ours', nobodyKnown: 'ours' },
  other: { same: 'joined', differs: 'joined', absent: 'joined', nobodyKnown: 'joined' },
  none: { same: 'ours', differs: 'joined', absent: 'probablyOurs', nobodyKnown: 'probablyOurs' },
};
const commentKinds = ['ours', 'other', 'none'] as const satisfies readonly Comment[];
const requestorKinds = ['same', 'differs', 'absent', 'nobodyKnown'] as const satisfies readonly Requestor[];

describe('ownershipOf', () => {
  for (const comment of commentKinds) {
    for (const requestor of requestorKinds) {
      const kind = expected[comment][requestor];
      it(`is ${kind} with comment ${comment} and requestor ${requestor}`, () => {
        const [who, from] = requestors[requestor];
        assert.deepEqual(ownershipOf(action({ ...comments[comment], ...who }), from), { kind });
      });

      it(`is never ours on another machine or before our first attempt (comment ${comment}, requestor ${requestor})`, () => {
        const [who, from] = requestors[requestor];
        const base = { ...comments[comment], ...who };
        const elsewhere = action({ ...base, machineId: defined(parseDeviceId('b'.repeat(40))) });
        const older = action({ ...base, createdAt: later(firstAttemptAt, -clockTolerance - 1) });
        assert.deepEqual(ownershipOf(elsewhere, from), { kind: 'joined' });
        assert.deepEqual(ownershipOf(older, from), { kind: 'joined' });
      });
    }
  }

  it('bears a Defender clock that is ten minutes slow, and any that is fast', () => {
    for (const off of [-10 * minute, 90 * minute]) {
      const ours = action({ comment: ourComment, createdAt: later(firstAttemptAt, off) });
      assert.deepEqual(ownershipOf(ours, claim), { kind: 'ours' });
    }
  });
});

describe('findOurs', () => {
  it('finds nothing among other people’s actions', () => {
    assert.equal(findOurs([action({ comment: 'by hand' }), action({ requestor: 'bo@contoso.com' })], claim), undefined);
  });

  it('takes the certain action before a newer probable one', () => {
    const certain = action({ comment: ourComment }, 1);
    assert.equal(findOurs([action({}, 2), certain], claim)?.action, certain);
  });

  it('takes a probable action when there is no certain one, and says so', () => {
    assert.deepEqual(findOurs([action()], claim), { action: action(), ownership: { kind: 'probablyOurs' } });
  });

  it('takes the one that runs before a newer one that has ended, then the newest', () => {
    const running = action({ comment: ourComment }, 2);
    const ended = action({ comment: ourComment, status: 'Failed' }, 3);
    assert.equal(findOurs([ended, action({ comment: ourComment }, 1), running], claim)?.action, running);
  });
});

describe('findActive', () => {
  for (const status of actionStatuses) {
    it(`${isFinalStatus(status) ? 'leaves out' : 'finds'} an action that is ${status}`, () => {
      assert.equal(findActive([action({ status })])?.status, isFinalStatus(status) ? undefined : status);
    });
  }

  it('takes the newest of several', () => {
    assert.equal(findActive([action({}, 1), action({}, 3), action({}, 2)])?.id, action({}, 3).id);
  });
});
