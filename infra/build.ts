/**
 * `npm run build`: writes what runs in production to `dist/`: the server as one program, and the tab's page. `npm ci`
 * does it, too.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';

const dist = new URL('../dist/', import.meta.url);

if (await hasBundler()) await write();
else console.warn('Nothing was built: esbuild is a tool of developers, and not installed here.');

async function write(): Promise<void> {
  const { bundleTab } = await import('./tab-bundle.ts');
  const { bundleServer } = await import('./server-bundle.ts');
  const tab = new URL('tab/', dist);
  await rm(dist, { recursive: true, force: true });
  await mkdir(tab, { recursive: true });
  const [files] = await Promise.all([bundleTab(), bundleServer(dist)]);
  for (const [name, content] of files) await writeFile(new URL(name, tab), content);
}

/** Who installs for production only has none, and brings `dist/` along. */
async function hasBundler(): Promise<boolean> {
  try {
    import.meta.resolve('esbuild');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return false;
    throw error;
  }
}
