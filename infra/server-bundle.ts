/** The server as one program: Node reads a few large files in place of two thousand small ones. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/** Packages that are CommonJS ask for these, which an ES module does not have. */
const commonJs = [
  "import { createRequire as requireFrom } from 'node:module';",
  'const require = requireFrom(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** What `bot/main.ts` loads only when it is needed, and a start always needs. */
const laterNeeded = ['bot/serve.ts', 'bot/compose.ts'];

/**
 * Writes `main.js` and what it loads, with source maps and the licences' notices, and fills the compile cache that
 * `main.js` reads (`compiled/`). PGlite stays a package: it reads its database engine from files beside it; pg's native
 * client is one that nobody installs.
 *
 * @param to a folder, which only this process writes to
 * @throws what esbuild throws
 */
export async function bundleServer(to: URL): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['bot/main.ts'],
    outdir: fileURLToPath(to),
    bundle: true,
    splitting: true,
    chunkNames: 'server/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['@electric-sql/pglite', 'pg-native'],
    // Node's own is deprecated, and says so on the log's stream as soon as it is not a package that asks for it.
    alias: { punycode: fileURLToPath(import.meta.resolve('punycode/punycode.js')) },
    banner: { js: commonJs },
    // Names stay: a stack in a log is read by people.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    legalComments: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
  const chunks = Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined && laterNeeded.includes(entryPoint))
    .map(([path]) => pathToFileURL(join(root, path)).href);
  await run(process.execPath, ['--input-type=module', '--eval', fillCache(new URL('compiled/', to), chunks)]);
}

/** Node keeps what it has compiled when the process ends. */
function fillCache(folder: URL, chunks: readonly string[]): string {
  return [
    "import { enableCompileCache } from 'node:module';",
    `enableCompileCache(${JSON.stringify(fileURLToPath(folder))});`,
    ...chunks.map((chunk) => `await import(${JSON.stringify(chunk)});`),
    'process.exit(0);',
  ].join('\n');
}
