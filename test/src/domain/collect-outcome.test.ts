import assert from 'node:assert/strict';
import { type CollectOutcome, judgeCollectAnswer } from '../../../src/domain/collect-outcome.ts';
import type { DefenderFailure } from '../../../src/domain/defender-failure.ts';
import {
  parseCollectionRef,
  parseCorrelationId,
  parseDeviceId,
  parseMachineActionId,
} from '../../../src/domain/ids.ts';
import { instantOf, later } from '../../../src/domain/instant.ts';
import type { MachineAction } from '../../../src/domain/machine-action.ts';
import type { Claim } from '../../../src/domain/ownership.ts';
import type { DefenderAnswer } from '../../../src/domain/problem-of-failure.ts';

function defined<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

const now = defined(instantOf(new Date('2026-03-01T08:00:00Z')));
const ref = defined(parseCollectionRef('0123456789abcdef0123'));
const device = defined(parseDeviceId('a'.repeat(40)));
const correlationId = defined(parseCorrelationId('c-1'));
const claim: Claim = { ref, device, firstAttemptAt: now };
const action: MachineAction = {
  id: defined(parseMachineActionId('00000000-0000-4000-8000-000000000001')),
  status: 'Pending',
  comment: `[ref ${ref}] why`,
  machineId: device,
  createdAt: later(now, 1_000),
};

function judge(failure: DefenderFailure): CollectOutcome {
  return judgeCollectAnswer({ ok: false, failure }, claim, now);
}

function answered(status: number, code = '', more: Partial<DefenderAnswer> = {}): DefenderAnswer {
  return { kind: 'answered', status, code, message: '', ...more };
}

const unavailable = { kind: 'defenderUnavailable' } as const;

describe('judgeCollectAnswer', () => {
  it('accepts an action with our ref as ours', () => {
    const outcome = judgeCollectAnswer({ ok: true, value: action }, claim, now);
    assert.deepEqual(outcome, { kind: 'accepted', action, ownership: { kind: 'ours' } });
  });

  it('joins the action of somebody else that a 201 returns', () => {
    const theirs = { ...action, comment: 'by hand' };
    const outcome = judgeCollectAnswer({ ok: true, value: theirs }, claim, now);
    assert.deepEqual(outcome, { kind: 'accepted', action: theirs, ownership: { kind: 'joined' } });
  });

  it('accepts our ref on our device as ours, by whatever name Defender calls the requester and whatever its clock says', () => {
    const known = { ...claim, knownRequestor: 'ana@contoso.com' };
    const renamed = { ...action, requestor: 'ana.meier@contoso.com', createdAt: later(now, -3_600_000) };
    const outcome = judgeCollectAnswer({ ok: true, value: renamed }, known, now);
    assert.deepEqual(outcome, { kind: 'accepted', action: renamed, ownership: { kind: 'ours' } });
  });

  it('does not follow an action on another device', () => {
    const elsewhere = { ...action, machineId: defined(parseDeviceId('b'.repeat(40))) };
    assert.deepEqual(judgeCollectAnswer({ ok: true, value: elsewhere }, claim, now), { kind: 'unclear' });
  });

  const outcomes: readonly (readonly [what: string, failure: DefenderFailure, outcome: CollectOutcome])[] = [
    ['400 ActiveRequestAlreadyExists', answered(400, 'ActiveRequestAlreadyExists'), { kind: 'alreadyRunning' }],
    [
      'another 400',
      answered(400, 'InvalidInput'),
      { kind: 'refused', problem: { kind: 'defenderRefused', status: 400, code: 'InvalidInput' } },
    ],
    [
      '401',
      answered(401, 'Unauthorized', { correlationId }),
      { kind: 'tokenRejected', problem: { kind: 'moreProofNeeded', correlationId } },
    ],
    ['403', answered(403, 'Forbidden'), { kind: 'refused', problem: { kind: 'notPermitted' } }],
    ['404', answered(404, 'ResourceNotFound'), { kind: 'refused', problem: { kind: 'deviceNotFound' } }],
    ['a redirect', answered(307), { kind: 'refused', problem: { kind: 'defenderRefused', status: 307, code: '' } }],
    [
      '429',
      answered(429),
      { kind: 'notSent', problem: { kind: 'throttled', until: later(now, 60_000) }, retryMs: 60_000 },
    ],
    [
      '429 with Retry-After',
      answered(429, '', { retryAfterMs: 3_000 }),
      { kind: 'notSent', problem: { kind: 'throttled', until: later(now, 3_000) }, retryMs: 3_000 },
    ],
    [
      'a request that never left',
      { kind: 'unanswered', sent: false },
      { kind: 'notSent', problem: unavailable, retryMs: 10_000 },
    ],
    [
      'no call left',
      { kind: 'noBudget', retryAfterMs: 4_000 },
      {
        kind: 'notSent',
        problem: { kind: 'noBudget', until: later(now, 4_000), waitMs: 4_000 },
        retryMs: 4_000,
      },
    ],
    ['no answer', { kind: 'unanswered', sent: true }, { kind: 'unclear' }],
    ['an unreadable 201', { kind: 'unreadable', status: 201 }, { kind: 'unclear' }],
    ...[408, 500, 502, 503, 504].map((status) => [`${status}`, answered(status), { kind: 'unclear' }] as const),
  ];
  for (const [what, failure, outcome] of outcomes) {
    it(`judges ${what} as ${outcome.kind}`, () => {
      assert.deepEqual(judge(failure), outcome);
    });
  }
});
