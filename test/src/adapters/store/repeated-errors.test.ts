import assert from 'node:assert/strict';
import { tellSometimes } from '../../../../src/adapters/store/repeated-errors.ts';
import { silentLog } from '../../../fakes/silent-log.ts';

describe('errors that come again and again', () => {
  it('are told at once, then once in 10 s, with how many there were in between', () => {
    const untold: unknown[] = [];
    let now = 0;
    const log = { ...silentLog, error: (fields: Readonly<Record<string, unknown>>) => untold.push(fields.untold) };
    const tell = tellSometimes(log, 'the database is away', () => now);
    for (now of [0, 1, 9_999, 10_000, 10_001, 25_000]) tell(new Error('away'));
    assert.deepEqual(untold, [0, 2, 1]);
  });
});
