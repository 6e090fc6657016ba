/**
 * Preloaded into a bot (`node --expose-gc --import`), it answers SIGUSR2 with a line on standard error: what is left in
 * memory after a collection, and what is open. Nothing in the bot knows of it.
 */
import { setTimeout } from 'node:timers/promises';

/** The n-th line, counted from 1, begins so. */
export function memoryMark(n: number): string {
  return `memory after gc ${n}: `;
}

let asked = 0;

process.on('SIGUSR2', () => {
  void tell();
});

async function tell(): Promise<void> {
  asked += 1;
  const mark = memoryMark(asked);
  // What a finalizer lets go is collected in the next round.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await setTimeout(50);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length;
  process.stderr.write(`${mark}${JSON.stringify({ heapUsed, external, rss, handles })}\n`);
}
