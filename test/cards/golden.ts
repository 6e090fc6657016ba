/** Golden files: what was reviewed once and must not change unseen. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const folder = new URL('golden/', import.meta.url);
const accepting = process.env.UPDATE_GOLDEN === '1';
const howTo =
  'Look at the change (npm run cards shows it as a picture); to accept it, run the tests with UPDATE_GOLDEN=1.';

/** Compares with the golden file of this name; with `UPDATE_GOLDEN=1` writes it instead. */
export function assertGolden(name: string, value: unknown): void {
  const file = new URL(`${name}.golden.json`, folder);
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (accepting) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `'${name}' has no golden file. ${howTo}`);
  assert.equal(text, readFileSync(file, 'utf8'), `'${name}' differs from its golden file. ${howTo}`);
}

/** Fails if a golden file is left over from something that is no more; with `UPDATE_GOLDEN=1` removes it. */
export function assertNoOtherGoldens(names: ReadonlySet<string>): void {
  const left = readdirSync(folder).filter((file) => !names.has(file.replace('.golden.json', '')));
  if (accepting) {
    for (const file of left) rmSync(new URL(file, folder));
    return;
  }
  assert.deepEqual(left, [], `These golden files belong to nothing. ${howTo}`);
}
