import assert from 'node:assert/strict';
import type { DefenderFailure } from '../../../src/domain/defender-failure.ts';
import { parseCorrelationId } from '../../../src/domain/ids.ts';
import { type Instant, instantOf } from '../../../src/domain/instant.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { type DefenderAnswer, defenderErrors, problemOfFailure } from '../../../src/domain/problem-of-failure.ts';

const now = moment('2026-03-01T08:00:00Z');

function moment(text: string): Instant {
  const instant = instantOf(new Date(text));
  assert.ok(instant !== undefined);
  return instant;
}

function answered(status: number, code: string, more: Partial<DefenderAnswer> = {}): DefenderAnswer {
  return { kind: 'answered', status, code, message: '', ...more };
}

const missingRead =
  'Missing application scopes. Required one of: Machine.Read, Machine.ReadWrite, Machine.CollectForensics';
const missingCollect = 'Missing permission Machine.CollectForensics; the token has Machine.Read';

/** Every line of the page's error table, with the answers that it leaves open. */
const cases: readonly (readonly [what: string, failure: DefenderFailure, problem: Problem])[] = [
  ['400 ActiveRequestAlreadyExists', answered(400, 'ActiveRequestAlreadyExists'), { kind: 'alreadyRunningUnseen' }],
  ['the code in another case', answered(400, 'activeRequestAlreadyExists'), { kind: 'alreadyRunningUnseen' }],
  [
    '400 OsPlatformNotSupported',
    answered(400, 'OsPlatformNotSupported'),
    { kind: 'deviceNotSupported', code: 'OsPlatformNotSupported' },
  ],
  [
    '400 ClientVersionNotSupported',
    answered(400, 'ClientVersionNotSupported'),
    { kind: 'deviceNotSupported', code: 'ClientVersionNotSupported' },
  ],
  ...[
    'BadRequest',
    'ODataError',
    'InvalidInput',
    'InvalidRequestBody',
    'MissingRequiredParameter',
    'MaximumBatchSizeExceeded',
    '',
  ].map((code) => [`400 '${code}'`, answered(400, code), { kind: 'defenderRefused', status: 400, code }] as const),
  ['401', answered(401, 'Unauthorized'), { kind: 'moreProofNeeded' }],
  ['403 Forbidden', answered(403, 'Forbidden'), { kind: 'notPermitted' }],
  ['403 without a code', answered(403, ''), { kind: 'notPermitted' }],
  [
    '403 that misses the reading permission',
    answered(403, 'Forbidden', { message: missingRead }),
    { kind: 'permissionMissing', permission: 'Machine.Read' },
  ],
  [
    '403 that misses the collecting permission',
    answered(403, 'Forbidden', { message: missingCollect }),
    { kind: 'permissionMissing', permission: 'Machine.CollectForensics' },
  ],
  ['403 DisabledFeature', answered(403, 'DisabledFeature'), { kind: 'actionNotOffered', code: 'DisabledFeature' }],
  [
    '403 DisallowedOperation',
    answered(403, 'DisallowedOperation'),
    { kind: 'actionNotOffered', code: 'DisallowedOperation' },
  ],
  ['404 ResourceNotFound', answered(404, 'ResourceNotFound'), { kind: 'deviceNotFound' }],
  [
    '404 NotFound, which is a wrong path',
    answered(404, 'NotFound'),
    { kind: 'defenderRefused', status: 404, code: 'NotFound' },
  ],
  ['408', answered(408, ''), { kind: 'defenderUnavailable' }],
  ['429', answered(429, 'TooManyRequests'), { kind: 'throttled', until: moment('2026-03-01T08:01:00Z') }],
  [
    '429 with Retry-After',
    answered(429, 'TooManyRequests', { retryAfterMs: 7_000 }),
    { kind: 'throttled', until: moment('2026-03-01T08:00:07Z') },
  ],
  ['500', answered(500, 'InternalServerError'), { kind: 'defenderUnavailable' }],
  ['a proxy’s 599', answered(599, ''), { kind: 'defenderUnavailable' }],
  ['a redirect', answered(302, ''), { kind: 'defenderRefused', status: 302, code: '' }],
  ['418', answered(418, 'Teapot'), { kind: 'defenderRefused', status: 418, code: 'Teapot' }],
  [
    'no call left',
    { kind: 'noBudget', retryAfterMs: 7_000 },
    { kind: 'noBudget', until: moment('2026-03-01T08:00:07Z'), waitMs: 7_000 },
  ],
  ['no answer to a sent request', { kind: 'unanswered', sent: true }, { kind: 'defenderUnavailable' }],
  ['a request that was never sent', { kind: 'unanswered', sent: false }, { kind: 'defenderUnavailable' }],
  ['a 201 nobody can read', { kind: 'unreadable', status: 201 }, { kind: 'defenderUnreadable' }],
];

describe('problemOfFailure', () => {
  for (const [what, failure, problem] of cases) {
    it(`reads ${what} as ${problem.kind}`, () => {
      assert.deepEqual(problemOfFailure(failure, now), problem);
    });
  }

  it('keeps the correlation id that an administrator needs, whatever the status', () => {
    const correlationId = parseCorrelationId('7a8d5f3e-0000-4000-8000-000000000001');
    assert.ok(correlationId !== undefined);
    for (const [, failure] of cases) {
      if (failure.kind !== 'answered') continue;
      assert.equal(problemOfFailure({ ...failure, correlationId }, now).correlationId, correlationId);
    }
  });

  it('has a case for every row of the table', () => {
    const used = new Set<number>();
    for (const [, failure] of cases) {
      if (failure.kind !== 'answered') continue;
      used.add(
        defenderErrors.findIndex(({ status, codes, problem }) => {
          const [first, last] = typeof status === 'number' ? [status, status] : status;
          const fits = failure.status >= first && failure.status <= last;
          const named = codes === undefined || codes.includes(failure.code);
          return fits && named && problem(failure, now) !== undefined;
        }),
      );
    }
    for (const [row] of defenderErrors.entries()) assert.ok(used.has(row), `row ${row} has no case`);
  });
});
