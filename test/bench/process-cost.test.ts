import assert from 'node:assert/strict';
import { busyProcessors, residentMb, runMsOf } from './process-cost.ts';

describe('what a process costs', () => {
  it('is read in nanoseconds of processor time', () => {
    assert.equal(runMsOf('123456789 4567 89\n'), 123.456789);
    assert.throws(() => runMsOf('nothing'), /no schedstat/);
  });

  it('is read in kilobytes of memory, of 1,024 bytes', () => {
    assert.equal(residentMb('Name:\tnode\nVmHWM:\t  200000 kB\nVmRSS:\t  100000 kB\n'), 102.4);
    assert.throws(() => residentMb('Name:\tnode\n'), /VmRSS/);
  });

  it('is how many processors were busy between two moments', () => {
    assert.equal(busyProcessors({ busy: 100, all: 1_000 }, { busy: 350, all: 2_000 }, 2), 0.5);
    assert.equal(busyProcessors({ busy: 1, all: 1 }, { busy: 1, all: 1 }, 2), 0);
  });
});
