/** `test/demo/demo.ts` as a child process, for its tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** A demo somebody started. */
export interface DemoProcess {
  readonly child: ChildProcess;
  /** What it wrote, standard output and error alike. */
  readonly lines: readonly string[];
  /** Resolves with the first line that matches, written already or yet to come. Throws if it ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `npm run demo -- <parameters>`. `nodeArguments` are for Node itself. */
export function startDemo(parameters: readonly string[], nodeArguments: readonly string[] = []): DemoProcess {
  const child = spawn(process.execPath, [...nodeArguments, join('test', 'demo', 'demo.ts'), ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      child.emit('line');
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((each) => pattern.test(each));
        if (found === undefined) return;
        child.off('line', look);
        resolve(found);
      };
      child.on('line', look);
      ended.then((code) => reject(new Error(`It ended (${code}) without ${pattern}:\n${lines.join('\n')}`)), reject);
      look();
    });
  return { child, lines, line, ended };
}

/** The processes that a process has started, and those that these have. Linux only. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const children = listed.split(' ').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
