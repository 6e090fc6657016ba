import assert from 'node:assert/strict';
import { VerifiedTokens } from '../../../bot/teams/verified-tokens.ts';

describe('the memory of verified tokens', () => {
  /** Seconds since 1970. */
  let now: number;
  let tokens: VerifiedTokens;

  beforeEach(() => {
    now = 1_800_000_000;
    tokens = new VerifiedTokens(300, () => now * 1_000);
  });

  const verified = (exp: number, nbf?: number) => ({
    claims: nbf === undefined ? { exp } : { exp, nbf },
    kid: 'key-1',
  });

  it('knows the very token again, and no other', () => {
    tokens.keep('header.claims.signature', verified(now + 3_600));
    assert.equal(tokens.find('header.claims.signature')?.kid, 'key-1');
    assert.equal(tokens.find('header.claims.signaturE'), undefined);
    assert.equal(tokens.find('header.claims'), undefined);
  });

  it('ends with the token, five minutes of tolerance included, and does not come back with the clock', () => {
    tokens.keep('one', verified(now + 3_600));
    now += 3_600 + 299;
    assert.ok(tokens.find('one'));
    now += 1;
    assert.equal(tokens.find('one'), undefined);
    now -= 3_600;
    assert.equal(tokens.find('one'), undefined);
  });

  it('does not know a token whose time has not come by a clock that was set back', () => {
    tokens.keep('one', verified(now + 3_600, now));
    now -= 301;
    assert.equal(tokens.find('one'), undefined);
  });

  it('holds a thousand, and forgets the oldest for one more', () => {
    for (let i = 0; i <= 1_000; i++) tokens.keep(`token ${i}`, verified(now + 3_600));
    assert.equal(tokens.find('token 0'), undefined);
    assert.ok(tokens.find('token 1'));
    assert.ok(tokens.find('token 1000'));
  });
});
