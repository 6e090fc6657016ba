import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileCache } from '../../../build/cache.ts';
import { engineFlags } from '../../../build/engine-flags.ts';

/** A process that has a store open, takes jobs, and never finishes one (`store-child.ts`). */
export class StoreChild {
  readonly #process: ChildProcess;
  readonly #lines = new Set<string>();
  readonly #ended: Promise<unknown>;
  readonly #news: ReturnType<typeof createInterface>;

  constructor(databaseUrl: string) {
    const script = join(import.meta.dirname, 'store-child.ts');
    const child = spawn(process.execPath, [...engineFlags, script, databaseUrl], {
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    this.#ended = once(child, 'exit');
    this.#news = createInterface({ input: child.stdout });
    this.#news.on('line', (line) => this.#lines.add(line));
  }

  /** Waits until it has said this. */
  async says(line: string): Promise<void> {
    while (!this.#lines.has(line)) {
      await Promise.race([once(this.#news, 'line'), this.#ended]);
      if (this.#process.exitCode !== null) throw new Error(`The child ended before it said '${line}'.`);
    }
  }

  /** SIGKILL: it gets to do nothing more. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }
}
