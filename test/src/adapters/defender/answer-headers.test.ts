import assert from 'node:assert/strict';
import fc from 'fast-check';
import { retryAfter } from '../../../../src/adapters/defender/answer-headers.ts';

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
