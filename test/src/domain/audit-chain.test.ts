import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type AuditRecord, canonicalJson, genesis, type Json, linkHash } from '../../../src/domain/audit-chain.ts';

const record: AuditRecord = {
  position: 1,
  number: 3,
  at: '2026-03-02T09:00:00.123Z',
  kind: 'asked',
  byOid: 'a0000000-0000-4000-8000-000000000001',
  byUpn: null,
  byName: 'Dana "D" Ünal',
  conversation: '19:soc@thread.tacv2',
  request: null,
  collection: null,
  device: null,
  action: null,
  correlationId: null,
  details: { reason: 'why', devices: ['one', 'two'] },
};

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

describe('the audit’s chain', () => {
  it('hashes what its documentation says, so that anybody can check an export without this code', () => {
    const written =
      '{"action":null,"at":"2026-03-02T09:00:00.123Z","byName":"Dana \\"D\\" Ünal",' +
      '"byOid":"a0000000-0000-4000-8000-000000000001","byUpn":null,"collection":null,' +
      '"conversation":"19:soc@thread.tacv2","correlationId":null,"details":{"devices":["one","two"],"reason":"why"},' +
      '"device":null,"kind":"asked","number":3,"position":1,"request":null}';
    const hash = createHash('sha256')
      .update(`${'0'.repeat(64)}\n${written}`)
      .digest('hex');
    assert.equal(linkHash(genesis, record), hash);
  });

  it('gives another hash when any field, or the link before, is another', () => {
    const hash = linkHash(genesis, record);
    for (const field of Object.keys(record)) {
      assert.notEqual(linkHash(genesis, { ...record, [field]: 'changed' }), hash, field);
    }
    assert.notEqual(linkHash(hash, record), hash);
  });

  it('writes equal values alike, whatever the order of their keys, and different ones differently', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        assert.equal(canonicalJson(shuffled(one)), canonicalJson(one));
        assert.deepEqual(JSON.parse(canonicalJson(one)), one);
        const isEqual = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        assert.equal(canonicalJson(one) === canonicalJson(other), isEqual);
      }),
    );
  });
});

function shuffled(value: Json): Json {
  return withMembers(value, shuffled, (members) => members.toReversed());
}

function sorted(value: Json): Json {
  return withMembers(value, sorted, (members) => members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

type Members = readonly (readonly [string, Json])[];

function withMembers(value: Json, each: (value: Json) => Json, order: (members: Members) => Members): Json {
  if (Array.isArray(value)) return value.map(each);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(order(Object.entries(value)).map(([key, member]) => [key, each(member)] as const));
}
