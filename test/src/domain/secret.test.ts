import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';
import { Secret } from '../../../src/domain/secret.ts';

describe('a secret', () => {
  const secret = new Secret('assertion', 'eyJ-the-text');

  it('gives its text to the one line that asks for it', () => assert.equal(secret.reveal(), 'eyJ-the-text'));

  const ways: readonly (readonly [string, () => string])[] = [
    ['as text', () => `${secret}`],
    ['added to a text', () => 'a '.concat(String(secret))],
    ['as JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspected', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['formatted', () => format('%s %o %j', secret, secret, secret)],
    ['as the cause of an error', () => inspect(new Error('no', { cause: secret }))],
    ['spread', () => JSON.stringify({ ...secret })],
    ['by its keys and entries', () => JSON.stringify([Object.keys(secret), Object.entries(secret)])],
  ];
  for (const [way, print] of ways) {
    it(`does not leak ${way}`, () => assert.doesNotMatch(print(), /eyJ/));
  }
});
