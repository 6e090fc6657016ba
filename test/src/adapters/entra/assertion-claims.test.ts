import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import { readAssertionClaims, readDelegatedClaims } from '../../../../src/adapters/entra/assertion-claims.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { ana, appId, tenant } from './token-endpoint.ts';

const claims = { oid: ana.toUpperCase(), tid: tenant.toUpperCase(), aud: appId, exp: 1_800_000_000 };

function read(payload: Readonly<Record<string, unknown>>) {
  return readAssertionClaims(new Secret('assertion', new UnsecuredJWT({ ...payload }).encode()));
}

function readToken(payload: Readonly<Record<string, unknown>>) {
  return readDelegatedClaims(new Secret('defenderToken', new UnsecuredJWT({ ...payload }).encode()));
}

describe('readAssertionClaims', () => {
  it('reads who, where, for what and until when, with ids in lower case', () => {
    const expected = { oid: ana, tenant, audience: appId, expiresAt: 1_800_000_000_000, isGuest: false, roles: [] };
    assert.deepEqual(read(claims), expected);
  });

  it('takes the name from v1.0 and v2.0 tokens, and the roles', () => {
    assert.equal(read({ ...claims, upn: 'ana@contoso.com' })?.upn, 'ana@contoso.com');
    assert.equal(read({ ...claims, preferred_username: 'ana@contoso.com' })?.upn, 'ana@contoso.com');
    assert.deepEqual(read({ ...claims, roles: ['Approver'] })?.roles, ['Approver']);
  });

  it('knows a guest by who authenticated them, or by `acct` where the registration asks for it', () => {
    const iss = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const home = 'https://sts.windows.net/00000000-0000-4000-8000-0000000000ff/';
    const guests: readonly (readonly [isGuest: boolean, more: Readonly<Record<string, unknown>>])[] = [
      [false, { iss }],
      [false, { iss, idp: iss }],
      [false, { iss, idp: `https://sts.windows.net/${tenant.toUpperCase()}/` }],
      [true, { iss, idp: home }],
      [true, { idp: 'live.com' }],
      [true, { iss, acct: 1 }],
      [false, { iss, idp: home, acct: 0 }],
    ];
    for (const [isGuest, more] of guests)
      assert.equal(read({ ...claims, ...more })?.isGuest, isGuest, JSON.stringify(more));
  });

  it('is undefined for a token that does not say whose it is', () => {
    const lacking = [
      { oid: undefined },
      { oid: 'ana' },
      { tid: undefined },
      { tid: '' },
      { aud: [appId] },
      { exp: 9e20 },
    ];
    for (const change of lacking) assert.equal(read({ ...claims, ...change }), undefined, JSON.stringify(change));
  });

  it('is undefined for any text that is no JWT', () => {
    fc.assert(
      fc.property(fc.string(), (text) => assert.equal(readAssertionClaims(new Secret('assertion', text)), undefined)),
    );
    assert.equal(readAssertionClaims(new Secret('assertion', 'a.b.c')), undefined);
  });
});

describe('readDelegatedClaims', () => {
  it('reads whose token it is and what it permits', () => {
    const scp = 'Machine.CollectForensics Machine.Read';
    assert.deepEqual(readToken({ oid: ana, scp }), { oid: ana, scopes: ['Machine.CollectForensics', 'Machine.Read'] });
  });

  it('is undefined for an application’s token, which has no scp', () => {
    for (const scp of [undefined, '', ' '])
      assert.equal(readToken({ oid: ana, scp, roles: ['Machine.Read.All'] }), undefined);
  });
});
