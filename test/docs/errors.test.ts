import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DefenderFailure } from '../../src/domain/defender-failure.ts';
import { defenderErrors } from '../../src/domain/problem-of-failure.ts';
import { start } from '../build/moment.ts';
import { everyProblem } from '../build/problem.ts';
import { errorCases, errorsPage } from './errors.ts';

describe('docs/errors.md', () => {
  it('is what the code says', () => {
    const committed = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    assert.equal(committed, errorsPage(), 'The code says something else by now: run `npm run docs`.');
  });

  it('has a line for every row of the table', () => {
    const used = new Set(errorCases().map(({ failure }) => rowOf(failure)));
    for (const [row] of defenderErrors.entries()) assert.ok(used.has(row), `row ${row} is in no line`);
  });

  it('has the words of every problem', () => {
    for (const { kind } of Object.values(everyProblem)) assert.ok(errorsPage().includes(`\n### ${kind}\n`), kind);
  });
});

/** The row that decides; -1 for what is in none. */
function rowOf(failure: DefenderFailure): number {
  if (failure.kind !== 'answered') return -1;
  return defenderErrors.findIndex(({ status, codes, problem }) => {
    const [first, last] = typeof status === 'number' ? [status, status] : status;
    const fits = failure.status >= first && failure.status <= last;
    return fits && (codes === undefined || codes.includes(failure.code)) && problem(failure, start) !== undefined;
  });
}
