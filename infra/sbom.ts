/**
 * `npm run sbom`: the packages of production as CycloneDX, on standard output; read from the lock file, nothing is
 * installed. `npm sbom --omit=dev` alone leaves out every package that a tool uses as well (npm 11: `pg` and `zod`
 * among them), so it is given a project without tools.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const manifest = z.looseObject({ devDependencies: z.unknown().optional() });
const lockfile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ dev: z.boolean().optional(), devDependencies: z.unknown().optional() }),
  ),
});

const directory = await mkdtemp(join(tmpdir(), 'collector-sbom-'));
try {
  const { devDependencies: _, ...project } = manifest.parse(await readJson('package.json'));
  const { packages, ...lock } = lockfile.parse(await readJson('package-lock.json'));
  const shipped = Object.entries(packages).filter(([, { dev }]) => dev !== true);
  const withoutTools = shipped.map(([place, { devDependencies: _, ...entry }]) => [place, entry] as const);
  await writeFile(join(directory, 'package.json'), JSON.stringify(project));
  await writeFile(
    join(directory, 'package-lock.json'),
    JSON.stringify({ ...lock, packages: Object.fromEntries(withoutTools) }),
  );
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: directory, maxBuffer: 64 * 1024 * 1024 });
  process.stdout.write(stdout);
} finally {
  await rm(directory, { recursive: true });
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, name), 'utf8'));
}
