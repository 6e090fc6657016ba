/** `npm run build:tab`: writes the tab's page to `dist/tab/`, from where the bot serves it. `npm ci` does it, too. */
import { mkdir, writeFile } from 'node:fs/promises';

const folder = new URL('../dist/tab/', import.meta.url);

if (await hasBundler()) await write();
else console.warn('The tab was not built: esbuild is a tool of developers, and not installed here.');

async function write(): Promise<void> {
  const { bundleTab } = await import('./tab-bundle.ts');
  await mkdir(folder, { recursive: true });
  for (const [name, content] of await bundleTab()) await writeFile(new URL(name, folder), content);
}

/** Who installs for production only has none, and brings the built page along. */
async function hasBundler(): Promise<boolean> {
  try {
    import.meta.resolve('esbuild');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return false;
    throw error;
  }
}
