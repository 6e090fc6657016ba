/** The tab's page as a browser loads it: one script and one style, packed. */
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build } from 'esbuild';

const pack = promisify(brotliCompress);
const page = (name: string) => fileURLToPath(new URL(`../bot/tab/page/${name}`, import.meta.url));

/** The files by name: `tab.js`, `tab.css`, and of each the same packed by Brotli (`.br`). Throws what esbuild throws. */
export async function bundleTab(): Promise<ReadonlyMap<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: page('main.ts'), out: 'tab' },
      { in: page('tab.css'), out: 'tab' },
    ],
    outdir: 'dist/tab',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'silent',
    write: false,
  });
  const files = new Map<string, Buffer>();
  for (const { path, contents } of outputFiles) {
    const name = path.slice(path.lastIndexOf('tab.'));
    const plain = Buffer.from(contents);
    files.set(name, plain);
    files.set(`${name}.br`, await pack(plain));
  }
  return files;
}
