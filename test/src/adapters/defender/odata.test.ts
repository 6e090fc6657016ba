import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filterText, listQuery } from '../../../../src/adapters/defender/odata.ts';
import { instantOf } from '../../../../src/domain/instant.ts';

/** OData's own rule for a text literal: quotes inside are doubled, and nothing else ends it. */
const literal = /^'((?:[^']|'')*)'$/;

/** The text that a server reads out of `<before><literal><after>`; undefined when the filter is another one. */
function readBack(filter: string, before: string, after: string): string | undefined {
  if (!filter.startsWith(before) || !filter.endsWith(after)) return undefined;
  const found = literal.exec(filter.slice(before.length, filter.length - after.length))?.[1];
  return found?.replaceAll("''", "'");
}

const evil = [
  "'",
  "''",
  "x' or 1 eq 1 or 'a' eq '",
  "x') or startswith(id,'",
  '&$top=1',
  '#',
  '%27',
  '\u0000',
  '\ud800',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...evil),
  fc.string({ unit: fc.constantFrom("'", ' ', ')', 'a') }),
);

describe('filterText', () => {
  it('reads back as the same one literal, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const equal = filterText([{ operator: 'eq', field: 'requestor', value }]);
        assert.equal(readBack(equal, 'requestor eq ', ''), value.toWellFormed());
        const starts = filterText([{ operator: 'startswith', field: 'computerDnsName', value }]);
        assert.equal(readBack(starts, 'startswith(computerDnsName,', ')'), value.toWellFormed());
      }),
    );
  });

  it('joins conditions by and, with dates as bare literals', () => {
    const since = instantOf(new Date('2026-03-01T08:00:00Z'));
    assert.ok(since !== undefined);
    const filter = filterText([
      { operator: 'eq', field: 'machineId', value: 'abc' },
      { operator: 'ge', field: 'creationDateTimeUtc', value: since },
    ]);
    assert.equal(filter, "machineId eq 'abc' and creationDateTimeUtc ge 2026-03-01T08:00:00.000Z");
  });
});

describe('listQuery', () => {
  it('survives a URL as one filter beside $top and $skip, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const conditions = [{ operator: 'eq', field: 'computerDnsName', value }] as const;
        const { searchParams, hash } = new URL(`https://host.example/api/machines${listQuery(conditions, 100, 200)}`);
        assert.equal(hash, '');
        assert.deepEqual([...searchParams.keys()], ['$filter', '$top', '$skip']);
        assert.equal(searchParams.get('$filter'), filterText(conditions));
      }),
    );
  });

  it('writes a blank as %20, because OData does not promise to read a plus', () => {
    assert.equal(
      listQuery([{ operator: 'eq', field: 'type', value: 'a b' }], 5),
      "?$filter=type%20eq%20'a%20b'&$top=5",
    );
  });
});
