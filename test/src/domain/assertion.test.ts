import assert from 'node:assert/strict';
import {
  type AssertionClaims,
  checkAssertion,
  type ExpectedAssertion,
  problemOfAssertion,
} from '../../../src/domain/assertion.ts';
import { parseAadObjectId, parseTenantId } from '../../../src/domain/ids.ts';
import { instantOf, later } from '../../../src/domain/instant.ts';

function defined<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

const now = defined(instantOf(new Date('2026-03-01T08:00:00Z')));
const appId = 'ABCDEF00-0000-4000-8000-000000000001';
const expected: ExpectedAssertion = {
  appId,
  tenant: defined(parseTenantId('00000000-0000-4000-8000-00000000000a')),
  oid: defined(parseAadObjectId('00000000-0000-4000-8000-00000000000b')),
};
const good: AssertionClaims = {
  oid: expected.oid,
  tenant: expected.tenant,
  audience: appId,
  expiresAt: later(now, 1),
  isGuest: false,
  roles: [],
};

describe('checkAssertion', () => {
  for (const audience of [appId, appId.toLowerCase(), `api://${appId}`, `api://botid-${appId.toLowerCase()}`]) {
    it(`takes the person’s own assertion for ${audience}`, () => {
      assert.equal(checkAssertion({ ...good, audience }, expected, now), 'ok');
    });
  }

  for (const audience of ['', 'https://graph.microsoft.com', `api://evil.example/${appId}`, `${appId} `, 'api://']) {
    it(`refuses the audience '${audience}'`, () => {
      assert.equal(checkAssertion({ ...good, audience }, expected, now), 'otherAudience');
    });
  }

  it('refuses a guest, who has an object id in this tenant like everybody, and says so', () => {
    assert.equal(checkAssertion({ ...good, isGuest: true }, expected, now), 'guest');
    assert.deepEqual(problemOfAssertion('guest'), { kind: 'otherTenant' });
  });

  it('refuses another person', () => {
    const oid = defined(parseAadObjectId('00000000-0000-4000-8000-00000000000c'));
    assert.equal(checkAssertion({ ...good, oid }, expected, now), 'otherPerson');
  });

  it('refuses another tenant, before anything else is looked at', () => {
    const tenant = defined(parseTenantId('00000000-0000-4000-8000-00000000000d'));
    assert.equal(checkAssertion({ ...good, tenant, audience: 'x' }, expected, now), 'otherTenant');
  });

  it('refuses an assertion from the moment it expires', () => {
    assert.equal(checkAssertion({ ...good, expiresAt: now }, expected, now), 'expired');
  });
});
