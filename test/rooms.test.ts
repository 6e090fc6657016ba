import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** Which import would break the house: a file of the first room, importing from the second. */
const forbidden = [
  ['src/domain/x.ts', '../app/decide.ts'],
  ['src/domain/x.ts', '../ports.ts'],
  ['src/domain/x.ts', '../adapters/store/jobs.ts'],
  ['src/domain/x.ts', '../../cards/action.ts'],
  ['src/app/x.ts', '../adapters/store/jobs.ts'],
  ['src/app/x.ts', '../../cards/action.ts'],
  ['src/app/x.ts', '../../bot/config.ts'],
  ['src/app/x.ts', 'botbuilder'],
  ['src/adapters/store/x.ts', '../../app/decide.ts'],
  ['src/adapters/store/x.ts', 'express'],
  ['cards/x.ts', '../src/app/decide.ts'],
  ['cards/x.ts', '../src/ports.ts'],
  ['cards/x.ts', '../src/adapters/store/jobs.ts'],
  ['cards/x.ts', '../bot/config.ts'],
  ['cards/x.ts', 'botframework-schema'],
  ['bot/x.ts', '../test/build/device.ts'],
] as const;

/** … and what each room may import. */
const allowed = [
  ['src/domain/x.ts', './ids.ts'],
  ['src/app/x.ts', '../ports.ts'],
  ['src/adapters/store/x.ts', '../../ports.ts'],
  ['cards/x.ts', '../src/domain/ids.ts'],
  ['bot/x.ts', '../src/app/decide.ts'],
  ['bot/x.ts', '../cards/action.ts'],
] as const;

const rooms = ['src/domain', 'src/app', 'src/adapters/store', 'cards'] as const;

/** Which rule complains about which file; one run of the linter over a copy of the house with one file per case. */
async function complaints(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const house = await mkdtemp(join(tmpdir(), 'collector-rooms-'));
  try {
    await cp(join(root, 'biome.json'), join(house, 'biome.json'));
    for (const [file, source] of files) {
      await mkdir(dirname(join(house, file)), { recursive: true });
      await writeFile(join(house, file), source);
    }
    const { stdout } = await execa(
      'biome',
      ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'],
      {
        cwd: house,
        preferLocal: true,
        localDir: root,
        reject: false,
      },
    );
    const found = new Map<string, Set<string>>([...files.keys()].map((file) => [file, new Set()]));
    for (const { category, location } of report.parse(JSON.parse(stdout)).diagnostics) {
      found.get(location.path)?.add(category);
    }
    return found;
  } finally {
    await rm(house, { recursive: true, force: true });
  }
}

const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});
const importing = (from: string) => `import { x } from '${from}';\nx();\n`;
const fileOf = (room: string, name: string) => room.replace(/x\.ts$/, `${name}.ts`);

describe('who may import whom', function () {
  this.timeout(30_000);
  let found: ReadonlyMap<string, ReadonlySet<string>>;

  before(async () => {
    const files = new Map<string, string>();
    for (const [i, [file, from]] of forbidden.entries()) files.set(fileOf(file, `forbidden-${i}`), importing(from));
    for (const [i, [file, from]] of allowed.entries()) files.set(fileOf(file, `allowed-${i}`), importing(from));
    for (const room of rooms) files.set(`${room}/environment.ts`, 'export const level = process.env.LOG_LEVEL;\n');
    found = await complaints(files);
  });

  for (const [i, [file, from]] of forbidden.entries()) {
    it(`${file} must not import ${from}`, () => {
      assert.ok(found.get(fileOf(file, `forbidden-${i}`))?.has('lint/style/noRestrictedImports'));
    });
  }

  for (const [i, [file, from]] of allowed.entries()) {
    it(`${file} may import ${from}`, () => {
      assert.ok(!found.get(fileOf(file, `allowed-${i}`))?.has('lint/style/noRestrictedImports'));
    });
  }

  for (const room of rooms) {
    it(`${room} must not read the environment`, () => {
      assert.ok(found.get(`${room}/environment.ts`)?.has('lint/style/noProcessEnv'));
    });
  }
});
