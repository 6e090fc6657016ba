import assert from 'node:assert/strict';
import type { JobResult } from 'pg-boss';
import { watchedJobs } from '../../../../src/adapters/telemetry/watched-jobs.ts';
import { requestId } from '../../../build/ids.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';

describe('jobs that are watched', () => {
  for (const [status, result] of [
    ['completed', 'done'],
    ['failed', 'failed'],
    ['deadletter', 'givenUp'],
  ] as const) {
    it(`count as ${result} when pg-boss hears ‘${status}’, in the trace of their request`, async () => {
      const { spans, numbers, ...telemetry } = keptTelemetry();
      const ended: JobResult = { id: '1', status };
      const passedOn = await watchedJobs(telemetry)({ queue: 'submit', request: requestId() }, async () => ended);
      assert.equal(passedOn, ended);
      assert.deepEqual(await numbers(), [`collector_jobs_total{queue="submit",result="${result}"} 1`]);
      assert.equal(spans()[0]?.spanContext().traceId, requestId().replaceAll('-', ''));
      assert.equal(spans()[0]?.attributes['error.type'], status === 'completed' ? undefined : result);
    });
  }

  it('count a sweep, which is of no request and has a trace of its own', async () => {
    const { spans, numbers, ...telemetry } = keptTelemetry();
    await watchedJobs(telemetry)({ queue: 'follow', request: undefined }, async () => ({
      id: '1',
      status: 'completed',
    }));
    assert.ok((await numbers()).includes('collector_sweeps_total{result="done"} 1'));
    assert.deepEqual(spans()[0]?.attributes, {});
  });
});
