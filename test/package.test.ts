import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const versions = z.record(z.string(), z.string());
const { dependencies, devDependencies } = z
  .object({ dependencies: versions, devDependencies: versions })
  .parse(read('package.json'));
const lock = z
  .object({
    packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), resolved: z.string().optional() })),
  })
  .parse(read('package-lock.json'));

/** Every version of a package in the tree, with the places where it lies. */
function installed(name: string): readonly { readonly place: string; readonly version: string }[] {
  return Object.entries(lock.packages)
    .filter(([place]) => place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`))
    .map(([place, { version }]) => ({ place, version: version ?? '' }));
}

/** Numbers of a version, for comparison: 11.1.1 → [11, 1, 1]. */
function atLeast(version: string, floor: readonly [major: number, minor: number, patch: number]): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const parts: readonly (readonly [number, number])[] = [
    [major, floor[0]],
    [minor, floor[1]],
    [patch, floor[2]],
  ];
  const difference = parts.find(([have, want]) => have !== want);
  return difference === undefined || difference[0] > difference[1];
}

describe('the dependencies', () => {
  it('bring one msal-node, of version 7: botbuilder alone would bring 2 and 5', () => {
    const found = installed('@azure/msal-node');
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.match(found[0]?.version ?? '', /^7\./);
  });

  it('bring no uuid before 11.1.1 (GHSA-w5hq-g745-h8pq)', () => {
    const found = installed('uuid');
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.filter(({ version }) => !atLeast(version, [11, 1, 1])),
      [],
    );
  });

  it('bring no ws before 8', () => {
    const found = installed('ws');
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.filter(({ version }) => !atLeast(version, [8, 0, 0])),
      [],
    );
  });

  it('are pinned to one exact version each', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version),
    );
    assert.deepEqual(loose, []);
  });

  it('come from whichever registry the machine uses: the lock file names none', () => {
    const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
    assert.deepEqual(resolved, []);
  });
});
