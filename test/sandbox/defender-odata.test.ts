import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FilterError, meets, parseFilter } from './defender-odata.ts';

const fields = { name: 'text', when: 'date' } as const;

describe("the sandbox's $filter", () => {
  it('reads a text back as it was, if its quotes are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [condition] = parseFilter(`name eq '${text.replaceAll("'", "''")}'`, fields);
        assert.deepEqual(condition, { kind: 'compare', field: 'name', operator: 'eq', value: text });
      }),
    );
  });

  it('refuses a text whose quotes are not doubled, or takes it for what it says', () => {
    const filter = "name eq 'x' and name eq 'y'";
    assert.equal(parseFilter(filter, fields).length, 2);
    assert.throws(() => parseFilter("name eq 'o'brien'", fields), FilterError);
  });

  it('reads every form that is documented', () => {
    const when = '2026-01-02T03:04:05.1234567Z';
    const conditions = parseFilter(`startswith(name,'a''b') and when ge ${when} and name in ('x','y')`, fields);
    assert.deepEqual(conditions, [
      { kind: 'startsWith', field: 'name', value: "a'b" },
      { kind: 'compare', field: 'when', operator: 'ge', value: Date.parse(when) },
      { kind: 'in', field: 'name', values: ['x', 'y'] },
    ]);
  });

  it('refuses everything else', () => {
    const wrong = [
      '',
      "name eq 'a' or name eq 'b'",
      "not name eq 'a'",
      'name eq null',
      "when ge '2026-01-02T03:04:05Z'",
      "name eq 'a' and",
    ];
    const more = [
      "(name eq 'a')",
      "other eq 'a'",
      "constructor in ('a')",
      "startswith(when,'2026')",
      'name in ()',
      "name in ('a' ',' 'b')",
    ];
    for (const filter of [...wrong, ...more]) assert.throws(() => parseFilter(filter, fields), FilterError, filter);
  });

  it('compares text without regard to case, and null meets nothing', () => {
    const conditions = parseFilter("name eq 'ABC'", fields);
    assert.equal(
      meets(conditions, () => 'abc'),
      true,
    );
    assert.equal(
      meets(conditions, () => null),
      false,
    );
  });
});
