import assert from 'node:assert/strict';
import { readAuditCommand } from '../../../bot/audit/command.ts';
import { parseInstant } from '../../../src/domain/instant.ts';
import { known } from '../../build/ids.ts';

const hash = 'ab'.repeat(32);
const moment = (text: string) => known(parseInstant(text));

describe('the arguments of npm run audit', () => {
  it('are a proof, also against what was kept elsewhere', () => {
    assert.deepEqual(readAuditCommand(['verify']), { name: 'verify' });
    const kept = { count: 12, hash };
    assert.deepEqual(readAuditCommand(['verify', '--kept', `12:${hash}`]), { name: 'verify', kept });
  });

  it('are an export since a day or a moment, in either form', () => {
    assert.deepEqual(readAuditCommand(['export']), { name: 'export', format: 'jsonl' });
    assert.deepEqual(readAuditCommand(['export', '--since', '2026-03-01', '--format', 'csv']), {
      name: 'export',
      format: 'csv',
      since: moment('2026-03-01T00:00:00Z'),
    });
    const withZone = readAuditCommand(['export', '--since', '2026-03-01T09:00:00+02:00', '--format=jsonl']);
    assert.deepEqual(withZone, { name: 'export', format: 'jsonl', since: moment('2026-03-01T07:00:00Z') });
  });

  for (const [args, says] of [
    [[], /verify or export/],
    [['prove'], /'prove'/],
    [['verify', 'export'], /one word too many/],
    [['verify', '--since', '2026-03-01'], /verify always reads everything/],
    [['verify', '--kept', `12:${hash.toUpperCase()}`], /--kept takes/],
    [['verify', '--kept', hash], /--kept takes/],
    [['export', '--kept', `12:${hash}`], /belongs to verify/],
    [['export', '--format', 'xml'], /jsonl or csv/],
    [['export', '--since', 'yesterday'], /ISO date/],
    [['export', '--since', '2026-03-01T09:00'], /ISO date/],
    [['export', '--since', '2026-13-01'], /ISO date/],
    [['export', '--all'], /--all/],
  ] as const) {
    it(`are refused with a reason: ${args.join(' ')}`, () => {
      const command = readAuditCommand(args);
      assert.ok(command.name === 'fault');
      assert.match(command.fault, says);
    });
  }
});
