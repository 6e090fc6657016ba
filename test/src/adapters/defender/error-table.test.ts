import assert from 'node:assert/strict';
import { createDefender } from '../../../../src/adapters/defender/defender-client.ts';
import type { DefenderFailure } from '../../../../src/domain/defender-failure.ts';
import { parseDeviceId } from '../../../../src/domain/ids.ts';
import type { Problem } from '../../../../src/domain/problem.ts';
import { problemOfFailure } from '../../../../src/domain/problem-of-failure.ts';
import { type DefenderToken, Secret } from '../../../../src/domain/secret.ts';
import type { Defender } from '../../../../src/ports.ts';
import { known } from '../../../build/ids.ts';
import { start } from '../../../build/moment.ts';
import { type ErrorCase, errorCases } from '../../../docs/errors.ts';
import { RecordingBudget } from '../../../fakes/recording-budget.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { defenderResource } from '../../../sandbox/app.ts';
import { trustInThisProcess } from '../../../sandbox/certificates.ts';
import { busyDevice, fineDevice, hiddenDevice } from '../../../sandbox/devices.ts';
import type { TokenChanges } from '../../../sandbox/direct-calls.ts';
import { lena, mia, type Person } from '../../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { failureOf, soon } from './defender-rig.ts';

const target = 'corr-4711';
const comment = '[ref 0123456789abcdef0123] why';
const id = (device: { readonly id: string }) => known(parseDeviceId(device.id));

/** What each line of the page means, written down once more by hand. */
const meanings: Readonly<Record<string, Problem['kind']>> = {
  '400 ActiveRequestAlreadyExists': 'alreadyRunningUnseen',
  '400 OsPlatformNotSupported': 'deviceNotSupported',
  '400 ClientVersionNotSupported': 'deviceNotSupported',
  '400 BadRequest': 'defenderRefused',
  '400 ODataError': 'defenderRefused',
  '400 InvalidInput': 'defenderRefused',
  '400 InvalidRequestBody': 'defenderRefused',
  '400 MissingRequiredParameter': 'defenderRefused',
  '400 MaximumBatchSizeExceeded': 'defenderRefused',
  '400 any other': 'defenderRefused',
  '401 Unauthorized': 'moreProofNeeded',
  '401 any other': 'moreProofNeeded',
  '403 DisabledFeature': 'actionNotOffered',
  '403 DisallowedOperation': 'actionNotOffered',
  '403 Forbidden, its message names the permission': 'permissionMissing',
  '403 Forbidden': 'notPermitted',
  '403 any other, its message names the permission': 'permissionMissing',
  '403 any other': 'notPermitted',
  '404 ResourceNotFound': 'deviceNotFound',
  '404 NotFound': 'defenderRefused',
  '404 any other': 'defenderRefused',
  '408 any other': 'defenderUnavailable',
  '429 TooManyRequests': 'throttled',
  '429 any other': 'throttled',
  '500 to 599 InternalServerError': 'defenderUnavailable',
  '500 to 599 any other': 'defenderUnavailable',
  'any other any other': 'defenderRefused',
  'no answer, surely not sent: no such host, nobody listens, TLS failed, or our own deadline': 'defenderUnavailable',
  'no answer, it may have been heard': 'defenderUnavailable',
  'not sent, no call is left': 'noBudget',
  '201 or 200, its body is not what the API documents': 'defenderUnreadable',
};

function nameOf({ status, code, when }: ErrorCase): string {
  const what = code === '' ? status : `${status} ${code}`;
  return when === '' ? what : `${what}, ${when}`;
}

describe('the error table, at the sandbox', () => {
  let sandbox: Sandbox;
  let budget: RecordingBudget;
  let defender: Defender;

  before(async () => {
    await trustInThisProcess();
    sandbox = await startSandbox({ defender: { limits: [] } });
  });
  after(() => sandbox.stop());
  beforeEach(() => {
    budget = new RecordingBudget();
    defender = createDefender({ apiUrl: sandbox.defender.url, budget, priority: 'person', log: silentLog });
  });
  afterEach(() => sandbox.faults.clear());

  async function tokenOf(person: Person, changes: TokenChanges = {}): Promise<DefenderToken> {
    const { tokens, consented } = sandbox.entra;
    const assertion = known(await tokens.verified((await tokens.assertion(person)).token));
    const { audience = defenderResource, scopes = consented } = changes;
    return new Secret('defenderToken', (await tokens.onBehalfOf(assertion, audience, scopes, undefined)).token);
  }

  async function collecting(person: Person, device: { readonly id: string }, changes: TokenChanges = {}) {
    return await defender.collect(await tokenOf(person, changes), id(device), comment, soon());
  }

  /** Lets the next collect call of the sandbox, or the way to it, fail so; gives back how to mend it. */
  async function breakIt(failure: DefenderFailure): Promise<() => Promise<void>> {
    const { faults, hosts } = sandbox;
    switch (failure.kind) {
      case 'answered': {
        const { status, code, message } = failure;
        faults.inject('defender.collect', { kind: 'answer', status, body: { error: { code, message, target } } });
        return async () => faults.clear();
      }
      case 'unanswered':
        if (failure.sent) {
          faults.inject('defender.collect', { kind: 'reset' });
          return async () => faults.clear();
        }
        await hosts.defender.down();
        return () => hosts.defender.up();
      case 'noBudget':
        budget.left = 0;
        return async () => undefined;
      case 'unreadable':
        faults.inject('defender.collect', { kind: 'answer', status: failure.status, body: { value: 'no action' } });
        return async () => faults.clear();
    }
  }

  it('has every line of docs/errors.md, and no other', () => {
    assert.deepEqual(Object.keys(meanings).toSorted(), errorCases().map(nameOf).toSorted());
  });

  for (const each of errorCases()) {
    const { failure } = each;
    it(`${nameOf(each)}: means ${meanings[nameOf(each)]}`, async () => {
      const mend = await breakIt(failure);
      const found = failureOf(await collecting(mia, fineDevice));
      await mend();
      const problem = problemOfFailure(found, start);
      assert.deepEqual([found.kind, problem.kind], [failure.kind, meanings[nameOf(each)]]);
      if (found.kind === 'unanswered' && failure.kind === 'unanswered') assert.equal(found.sent, failure.sent);
      assert.equal(problem.correlationId, failure.kind === 'answered' ? target : undefined);
    });
  }

  /** What the sandbox refuses by itself, as its rules of rights, scopes and devices are. */
  const refusals: readonly (readonly [what: string, call: () => ReturnType<typeof collecting>, problem: Problem])[] = [
    [
      'a token without Machine.CollectForensics',
      () => collecting(mia, fineDevice, { scopes: ['Machine.Read'] }),
      { kind: 'permissionMissing', permission: 'Machine.CollectForensics' },
    ],
    ['a role without the action', () => collecting(lena, fineDevice), { kind: 'notPermitted' }],
    ['a device of another group', () => collecting(mia, hiddenDevice), { kind: 'notPermitted' }],
    [
      'a token for another audience',
      () => collecting(mia, fineDevice, { audience: 'https://api.security.microsoft.com' }),
      { kind: 'notPermitted' },
    ],
    ['a device that does not exist', () => collecting(mia, { id: 'f'.repeat(40) }), { kind: 'deviceNotFound' }],
    ['a device where one runs', () => collecting(mia, busyDevice), { kind: 'alreadyRunningUnseen' }],
  ];
  for (const [what, call, { kind }] of refusals) {
    it(`${what}: means ${kind}, with the id by which the call is found`, async () => {
      const problem = problemOfFailure(failureOf(await call()), start);
      assert.equal(problem.kind, kind);
      assert.ok(problem.correlationId !== undefined);
    });
  }

  it('a token without Machine.Read: names that permission at the look-up', async () => {
    const result = await defender.device(await tokenOf(mia, { scopes: ['Machine.CollectForensics'] }), id(fineDevice));
    const { correlationId: _, ...problem } = problemOfFailure(failureOf(result), start);
    assert.deepEqual(problem, { kind: 'permissionMissing', permission: 'Machine.Read' });
  });
});
