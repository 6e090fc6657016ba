/** What a process costs, read from Linux' /proc. */
import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/**
 * The processor time of all threads of a process so far, in milliseconds. A thread that has ended is not counted any
 * more; those of Node's pools live as long as their process.
 */
export async function cpuMsOf(pid: number): Promise<number> {
  const folder = `/proc/${pid}/task`;
  const times = (await readdir(folder)).map(async (thread) => {
    const text = await orGone(readFile(`${folder}/${thread}/schedstat`, 'utf8'));
    return text === undefined ? 0 : runMsOf(text);
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}

/** The first number of `/proc/<pid>/task/<thread>/schedstat`: nanoseconds spent on a processor (Linux, sched-stats). */
export function runMsOf(schedstat: string): number {
  const nanoseconds = Number(schedstat.split(' ')[0]);
  if (!Number.isFinite(nanoseconds)) throw new Error(`no schedstat: ${schedstat}`);
  return nanoseconds / 1e6;
}

/** The resident memory of a process, in MB of a million bytes. */
export async function residentMbOf(pid: number): Promise<number> {
  return residentMb(await readFile(`/proc/${pid}/status`, 'utf8'));
}

/** `VmRSS` of `/proc/<pid>/status`, which is in units of 1,024 bytes. */
export function residentMb(status: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('the status names no VmRSS');
  return (Number(kilobytes) * 1_024) / 1e6;
}

/** What all processors of the machine did so far, in milliseconds. */
export interface MachineTimes {
  readonly busy: number;
  readonly all: number;
}

/** Of all processes together. */
export function machineTimes(): MachineTimes {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, each) => sum + each.idle, 0);
  const all = times.reduce((sum, each) => sum + Object.values(each).reduce((one, other) => one + other, 0), 0);
  return { busy: all - idle, all };
}

/** How many processors were busy between two moments, from 0 to as many as there are. */
export function busyProcessors(before: MachineTimes, after: MachineTimes, processors: number): number {
  const passed = after.all - before.all;
  return passed === 0 ? 0 : ((after.busy - before.busy) / passed) * processors;
}

/** Threads come and go while one reads. */
async function orGone<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
