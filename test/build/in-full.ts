/** For stories that cost seconds of waiting and have a like in the short run. */

/** A test of `npm run test:full` alone. */
export function inFull(title: string, test: () => Promise<void>): void {
  if (process.env.FULL === '1') it(title, test);
}
