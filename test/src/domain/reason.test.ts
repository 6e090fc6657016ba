import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestReason, parseReason } from '../../../src/domain/reason.ts';
import { quickestOf } from '../../build/stopwatch.ts';

function cleaned(text: string): string {
  const check = parseReason(text);
  assert.ok(check.ok, `not taken as a reason: ${JSON.stringify(text.slice(0, 80))}`);
  return check.reason;
}

describe('parseReason', () => {
  const examples: readonly (readonly [what: string, typed: string, reason: string])[] = [
    ['keeps an ordinary reason as it is', 'suspicious logon, alert 1234', 'suspicious logon, alert 1234'],
    ['makes one line of several', 'first line\r\nsecond\n\n\tthird', 'first line second third'],
    ['turns no-break and other blanks into plain ones', 'alert\u00a0\u20071234\u3000today', 'alert 1234 today'],
    ['takes out control characters', 'alert\u0000\u0007 \u001b[31m1234\u007f', 'alert [31m1234'],
    ['takes out right-to-left marks and overrides', '\u200falert \u202e4321\u202c\u2066!\u2069', 'alert 4321!'],
    ['takes out zero-width characters and the byte order mark', '\ufeffal\u200bert\u2060', 'alert'],
    ['takes out half a surrogate pair', 'alert \ud83d x\ude00', 'alert x'],
    ['keeps letters of every script and emoji', 'отчёт 警報 \u{1f6a8}', 'отчёт 警報 \u{1f6a8}'],
    [
      'keeps markdown and tags as the text that they are',
      '**x** [a](b) <at>Bob</at> <b>',
      '**x** [a](b) <at>Bob</at> <b>',
    ],
    ['takes the bracket of a ref typed by hand', '[ref 00000000000000000001] mine', 'ref 00000000000000000001] mine'],
    ['… in any case', '[REF 1] [Ref 2]', 'REF 1] Ref 2]'],
    ['… with more brackets and blanks before it', 'a [[ [  ref 1', 'a ref 1'],
    ['… with an invisible character inside', '[\u200bref 1] [\u0000ref 2]', 'ref 1] ref 2]'],
    ['keeps other brackets', '[urgent] see [1] [[', '[urgent] see [1] [['],
  ];
  for (const [what, typed, reason] of examples) {
    it(what, () => assert.equal(cleaned(typed), reason));
  }

  for (const [what, nothing] of [
    ['nothing', ''],
    ['blanks', '   '],
    ['a line break and a tab', '\n\t'],
    ['invisible characters', '\u200b\u202e'],
    ['a NUL', '\u0000'],
    ['half a surrogate pair', '\ud800'],
  ] as const) {
    it(`finds no reason in ${what}`, () => assert.deepEqual(parseReason(nothing), { ok: false, why: 'missing' }));
  }

  it('takes 1,000 characters, emoji counted as one each', () => {
    assert.equal(cleaned('x'.repeat(longestReason)).length, longestReason);
    assert.equal([...cleaned('\u{1f6a8}'.repeat(longestReason))].length, longestReason);
  });

  it('refuses a longer one and says how long it is', () => {
    assert.deepEqual(parseReason('x'.repeat(2_000)), { ok: false, why: 'tooLong', length: 2_000 });
    assert.deepEqual(parseReason(`${'x'.repeat(longestReason)}y`), { ok: false, why: 'tooLong', length: 1_001 });
  });

  it('counts what is left after the cleaning', () => {
    assert.equal(cleaned(` ${'x'.repeat(longestReason)}\u200b\n\n`).length, longestReason);
  });

  it('never lets through a control or format character, half a pair, a line break, or a ref', () => {
    fc.assert(
      fc.property(hostileText, (typed) => {
        const check = parseReason(typed);
        if (!check.ok) return;
        assert.doesNotMatch(check.reason, /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|\[[[\s]*ref| {2}|^ | $/iu);
        assert.ok([...check.reason].length <= longestReason);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing more when it is read a second time, as from the store', () => {
    fc.assert(
      fc.property(hostileText, (typed) => {
        const check = parseReason(typed);
        if (check.ok) assert.equal(cleaned(check.reason), check.reason);
      }),
      { numRuns: 2_000 },
    );
  });

  for (const [what, text] of [
    ['opening brackets', '['.repeat(100_000)],
    ['brackets and blanks', '[ '.repeat(50_000)],
    ['refs', '[ref '.repeat(20_000)],
    ['blanks before a letter', `x${' '.repeat(100_000)}y`],
  ] as const) {
    it(`reads 100,000 characters of ${what} in no time`, () => {
      assert.ok(quickestOf(3, () => parseReason(text)) < 100);
    });
  }
});

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[',
        '[ ',
        'ref',
        'REF ',
        ']',
        ' ',
        '\n',
        '\u00a0',
        '\u200b',
        '\u202e',
        '\u0000',
        '\ud800',
        '\udc00',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
