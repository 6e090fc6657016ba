/** The time of the quickest of so many runs, in milliseconds: a busy machine slows some of them, not all. */
export function quickestOf(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...times);
}
