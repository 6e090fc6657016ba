import assert from 'node:assert/strict';
import fc from 'fast-check';
import { claimsChallenge, retryAfter } from '../../../../src/adapters/defender/answer-headers.ts';

const now = Date.parse('2026-03-01T08:00:00Z');

function wait(value: string, more: Record<string, string> = {}): number | undefined {
  return retryAfter(new Headers({ 'retry-after': value, ...more }), now);
}

describe('retryAfter', () => {
  it('reads seconds', () => assert.equal(wait('7'), 7_000));
  it('reads a date', () => assert.equal(wait('Sun, 01 Mar 2026 08:00:30 GMT'), 30_000));
  it('measures a date by the answer’s own clock', () => {
    assert.equal(wait('Sun, 01 Mar 2026 09:00:30 GMT', { date: 'Sun, 01 Mar 2026 09:00:00 GMT' }), 30_000);
  });
  it('never waits longer than ten minutes', () => {
    assert.equal(wait('86400'), 600_000);
    assert.equal(wait('Sun, 01 Mar 2099 08:00:30 GMT'), 600_000);
    assert.equal(wait('9'.repeat(400)), 600_000);
  });
  it('waits a second where the time is up already', () => {
    assert.equal(wait('0'), 1_000);
    assert.equal(wait('Sun, 01 Mar 2026 07:00:00 GMT'), 1_000);
  });
  it('is undefined without a header that can be read', () => {
    assert.equal(retryAfter(new Headers(), now), undefined);
    for (const text of ['soon', '-5', '1.5', '', 'Feb']) assert.equal(wait(text), undefined, text);
  });
  it('is between a second and ten minutes, or nothing, whatever the header', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    });
    fc.assert(
      fc.property(printable, (text) => {
        const ms = wait(text);
        assert.ok(ms === undefined || (ms >= 1_000 && ms <= 600_000));
      }),
    );
  });
});

describe('claimsChallenge', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';
  const challenge = (value: string) => claimsChallenge(new Headers({ 'www-authenticate': value }));

  it('decodes the base64 of Microsoft’s page', () => {
    const base64 = Buffer.from(claims).toString('base64');
    const header = `Bearer realm="", authorization_uri="https://login.example/", error="insufficient_claims", claims="${base64}"`;
    assert.equal(challenge(header), claims);
  });
  it('decodes base64url, and a bare JSON with escaped quotes', () => {
    assert.equal(challenge(`Bearer claims="${Buffer.from(claims).toString('base64url')}"`), claims);
    assert.equal(challenge(`Bearer error="x",claims="${claims.replaceAll('"', '\\"')}"`), claims);
  });
  it('is undefined where there is none, or none that is JSON', () => {
    assert.equal(claimsChallenge(new Headers()), undefined);
    for (const text of [
      'Bearer',
      'Bearer claims=""',
      'Bearer claims="?"',
      'Bearer claims="e30',
      'Bearer xclaims="e30="',
    ]) {
      assert.equal(challenge(text), undefined, text);
    }
    assert.equal(challenge(`Bearer claims="${Buffer.from('[1]').toString('base64')}"`), undefined);
  });
});
