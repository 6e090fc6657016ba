import assert from 'node:assert/strict';
import { approvalFrom } from '../../bot/approval-config.ts';
import { ConfigReader, type Environment } from '../../bot/config-reader.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import { selfApproval } from '../build/approval.ts';

function read(environment: Environment) {
  const reader = new ConfigReader(environment);
  const settings = approvalFrom(reader);
  return { settings, faults: reader.faults.map(({ variable }) => variable), reader };
}

const conversation = '19:approvals@thread.tacv2';

describe('the configuration of approval', () => {
  it('asks nobody else unless it is told to', () => {
    assert.deepEqual(read({}).settings, selfApproval);
    assert.deepEqual(read({ APPROVAL: 'self' }), { ...read({}), reader: read({ APPROVAL: 'self' }).reader });
  });

  it('takes every variable', () => {
    const { settings, faults } = read({
      APPROVAL: 'two-person-high-value',
      APPROVER_ROLE: 'Collection.Approve',
      APPROVERS: 'omar.haddad@contoso.example, tag:SOC leads=MjQzMmQ1N2Mt',
      APPROVAL_CONVERSATION: conversation,
      APPROVAL_TTL_MINUTES: '90',
      HIGH_VALUE_TAGS: 'crown jewels, tier 0',
    });
    assert.deepEqual(faults, []);
    assert.deepEqual(settings, {
      policy: { kind: 'twoPersonHighValue', tags: ['crown jewels', 'tier 0'] },
      ttlMs: 90 * minute,
      role: 'Collection.Approve',
      mentions: [
        { kind: 'user', upn: 'omar.haddad@contoso.example' },
        { kind: 'tag', name: 'SOC leads', id: 'MjQzMmQ1N2Mt' },
      ],
      conversation,
    });
  });

  it('waits for eight hours', () => {
    assert.equal(read({ APPROVAL: 'two-person' }).settings.ttlMs, 8 * hour);
  });

  const wrong: readonly (readonly [variable: string, value: string])[] = [
    ['APPROVAL', 'three-person'],
    ['APPROVER_ROLE', 'two roles'],
    ['APPROVER_ROLE', 'one,two'],
    ['APPROVER_ROLE', 'x'.repeat(121)],
    ['APPROVERS', 'omar'],
    ['APPROVERS', 'tag:SOC leads'],
    ['APPROVERS', 'tag:=MjQz'],
    ['APPROVERS', '<at>@contoso.example'],
    ['APPROVERS', Array.from({ length: 21 }, (_, n) => `omar${n}@contoso.example`).join(',')],
    ['APPROVAL_CONVERSATION', 'a:1to1'],
    ['APPROVAL_CONVERSATION', `${conversation};messageid=1`],
    ['APPROVAL_CONVERSATION', 'the channel'],
    ['APPROVAL_TTL_MINUTES', '1'],
    ['APPROVAL_TTL_MINUTES', '10081'],
  ];
  for (const [variable, value] of wrong) {
    it(`refuses ${variable}=${value.slice(0, 40)}, with an example`, () => {
      const { faults, reader } = read({ APPROVAL: 'two-person', [variable]: value });
      assert.deepEqual(faults, [variable]);
      assert.notEqual(reader.faults[0]?.example, '');
    });
  }

  const idle = ['APPROVER_ROLE', 'APPROVERS', 'APPROVAL_CONVERSATION', 'APPROVAL_TTL_MINUTES', 'HIGH_VALUE_TAGS'];
  const good = ['Collection.Approve', 'omar@contoso.example', conversation, '30', 'crown jewels'];
  for (const [i, variable] of idle.entries()) {
    it(`refuses ${variable} where nobody else has to approve: somebody would believe in a rule`, () => {
      assert.deepEqual(read({ [variable]: good[i] }).faults, [variable]);
    });
  }

  it('refuses tags where every request needs an approval anyway', () => {
    assert.deepEqual(read({ APPROVAL: 'two-person', HIGH_VALUE_TAGS: 'crown jewels' }).faults, ['HIGH_VALUE_TAGS']);
  });
});
