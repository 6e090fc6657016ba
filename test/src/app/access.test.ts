import assert from 'node:assert/strict';
import { defenderAccess } from '../../../src/app/access.ts';
import type { AssertionClaims } from '../../../src/domain/assertion.ts';
import { oid, tenantId } from '../../build/ids.ts';
import { start } from '../../build/moment.ts';
import { aPerson, dana } from '../../build/person.ts';
import { bench } from './bench.ts';

describe('acting as a person', () => {
  it('gets a Defender token from their own assertion', async () => {
    const { ports } = bench();
    const access = await defenderAccess(ports, dana);
    assert.ok(access.kind === 'token');
    assert.equal(access.token.reveal(), `of ${dana.oid}`);
  });

  it('asks the Token Service and Entra anew each time: nothing is kept', async () => {
    const { ports, assertions } = bench();
    await defenderAccess(ports, dana);
    await defenderAccess(ports, dana);
    assert.equal(ports.onBehalfOf.count, 2);
    assertions.lose(dana);
    assert.deepEqual(await defenderAccess(ports, dana), { kind: 'signIn' });
  });

  it('is refused to somebody of another tenant before anybody is asked', async () => {
    const { ports, assertions } = bench();
    const guest = aPerson(1, { tenant: tenantId(2) });
    assertions.signIn(guest);
    assert.deepEqual(await defenderAccess(ports, guest), { kind: 'problem', problem: { kind: 'otherTenant' } });
    assert.equal(ports.onBehalfOf.count, 0);
  });

  const forged: readonly (readonly [what: string, over: Partial<AssertionClaims>])[] = [
    ['of another person', { oid: oid(2) }],
    ['of another tenant', { tenant: tenantId(2) }],
    ['for another app', { audience: 'api://somebody-else' }],
  ];
  for (const [what, over] of forged) {
    it(`never exchanges an assertion ${what}, and says so in the log`, async () => {
      const { ports, assertions } = bench();
      assertions.signIn(dana, over);
      assert.deepEqual(await defenderAccess(ports, dana), { kind: 'problem', problem: { kind: 'someoneElsesSignIn' } });
      assert.equal(ports.onBehalfOf.count, 0);
      assert.equal(ports.log.lines.length, 1);
      assert.doesNotMatch(JSON.stringify(ports.log.lines), /\[secret\]|somebody-else/);
    });
  }

  it('needs a new sign-in when the assertion has expired', async () => {
    const { ports, assertions } = bench();
    assertions.signIn(dana, { expiresAt: start });
    assert.deepEqual(await defenderAccess(ports, dana), { kind: 'signIn' });
    assert.equal(ports.onBehalfOf.count, 0);
  });

  it('says that the Token Service cannot be reached', async () => {
    const { ports, assertions } = bench();
    assertions.problem = { kind: 'signInUnavailable' };
    assert.deepEqual(await defenderAccess(ports, dana), { kind: 'problem', problem: { kind: 'signInUnavailable' } });
  });

  it('forgets a sign-in that proves too little, so that the next is a fresh one', async () => {
    const { ports, assertions } = bench();
    ports.onBehalfOf.problem = { kind: 'moreProofNeeded' };
    assert.deepEqual(await defenderAccess(ports, dana), { kind: 'signIn', problem: { kind: 'moreProofNeeded' } });
    assert.deepEqual(assertions.signedOut, [dana.oid]);
  });

  it('keeps a sign-in that Entra refuses for another reason', async () => {
    const { ports, assertions } = bench();
    ports.onBehalfOf.problem = { kind: 'consentMissing' };
    assert.deepEqual(await defenderAccess(ports, dana), { kind: 'problem', problem: { kind: 'consentMissing' } });
    assert.deepEqual(assertions.signedOut, []);
  });
});
