import assert from 'node:assert/strict';
import { headLine, lineOf } from '../../../bot/audit/lines.ts';
import type { AuditRecord } from '../../../src/domain/audit-chain.ts';

const hash = 'ab'.repeat(32);

function sealed(over: Partial<AuditRecord> = {}) {
  const record: AuditRecord = {
    position: 1,
    number: 1,
    at: '2026-03-02T09:00:00.000Z',
    kind: 'asked',
    byOid: null,
    byUpn: null,
    byName: 'Dana',
    conversation: null,
    request: null,
    collection: null,
    device: null,
    action: null,
    correlationId: null,
    details: { reason: 'why' },
    ...over,
  };
  return { position: 1, number: 1, hash, record };
}

describe('a line of the audit’s export', () => {
  it('is, as JSON, the record as it was hashed, with its hash', () => {
    const line = lineOf('jsonl', sealed());
    assert.equal(line.indexOf('\n'), line.length - 1);
    assert.deepEqual(JSON.parse(line), { ...sealed().record, hash });
    assert.equal(headLine('jsonl'), '');
  });

  it('has, as CSV, one cell per column of the head', () => {
    assert.equal(
      headLine('csv'),
      'position,number,at,kind,byOid,byUpn,byName,conversation,request,collection,device,action,correlationId,details,hash\r\n',
    );
    assert.equal(
      lineOf('csv', sealed()),
      `1,1,2026-03-02T09:00:00.000Z,asked,,,Dana,,,,,,,"{""reason"":""why""}",${hash}\r\n`,
    );
  });

  it('is not broken, as CSV, by what people type', () => {
    const line = lineOf('csv', sealed({ byName: 'Berg, "Mia"\r\n' }));
    assert.ok(line.includes(',"Berg, ""Mia""\r\n",'));
  });

  it('gives a spreadsheet no formula', () => {
    for (const text of ['=HYPERLINK("https://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
      const line = lineOf('csv', sealed({ byName: text }));
      assert.ok(line.includes(`'${text.replaceAll('"', '""')}`), text);
      assert.ok(lineOf('jsonl', sealed({ byName: text })).includes(JSON.stringify(text)), 'but JSON is as it was');
    }
  });
});
