import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { execa } from 'execa';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');
const versions = z.record(z.string(), z.string());
const { dependencies, devDependencies } = z
  .object({ dependencies: versions, devDependencies: versions })
  .parse(JSON.parse(read('package.json')));
const locked = z.looseObject({
  dev: z.boolean().default(false),
  license: z.string().optional(),
  version: z.string().optional(),
});
const lock = z.object({ packages: z.record(z.string(), locked) }).parse(JSON.parse(read('package-lock.json')));
const page = read('docs/dependencies.md');

/** The packages in a section's table; each has to say something beside it. */
function named(title: string): readonly string[] {
  const section = page.split(/^## /m).find((each) => each.startsWith(title)) ?? '';
  const rows = [...section.matchAll(/^\| (`.+?) \| .{10,} \|$/gm)].map(([, cell = '']) => cell);
  return rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

/** What the sources of production import, without Node's own modules, with one place each. */
function importedInProduction(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const room of ['bot', 'cards', 'src']) {
    for (const file of readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const source = read(`${room}/${file}`);
      for (const [, from = ''] of source.matchAll(
        /(?:^(?:import|export|\}) ?[^'\n]*\bfrom |^import |\bimport\()'([^'.\n][^'\n]*)'/gm,
      )) {
        const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
        if (!from.startsWith('node:') && !builtinModules.includes(name)) found.set(name, `${room}/${file}`);
      }
    }
  }
  return found;
}

/** Permissive ones: they ask for the notice, and for nothing else. */
const permissive = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  '(MIT OR CC0-1.0)',
]);

describe('docs/dependencies.md', () => {
  it('says of every direct dependency why it is there, and of none that is not', () => {
    assert.deepEqual(named('In production').toSorted(), Object.keys(dependencies).toSorted());
    assert.deepEqual(named('For those who develop').toSorted(), Object.keys(devDependencies).toSorted());
  });
});

describe('the supply chain', () => {
  it('of production is what its sources import, and no more', () => {
    const imported = importedInProduction();
    assert.deepEqual([...imported.keys()].toSorted(), Object.keys(dependencies).toSorted(), [...imported].join('\n'));
  });

  it('bears permissive licences only, in production', () => {
    const others = Object.entries(lock.packages).filter(
      ([place, { dev, license }]) => place !== '' && !dev && !permissive.has(license ?? 'none'),
    );
    assert.deepEqual(others, []);
  });

  it('is written down as CycloneDX: every package of production, and none of the tools', async function () {
    this.timeout(60_000);
    const { stdout } = await execa('npm', ['run', 'sbom', '--silent'], { cwd: root });
    const component = z.object({ name: z.string(), version: z.string() });
    const bom = z
      .object({ bomFormat: z.literal('CycloneDX'), specVersion: z.string(), components: z.array(component) })
      .parse(JSON.parse(stdout));
    const written = new Set(bom.components.map(({ name, version }) => `${name} ${version}`));
    const shipped = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && !dev);
    const expected = new Set(shipped.map(([place, { version }]) => `${place.split('node_modules/').pop()} ${version}`));
    assert.deepEqual([...written].toSorted(), [...expected].toSorted());
  });
});
