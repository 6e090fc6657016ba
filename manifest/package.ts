/**
 * `npm run package`: writes the Teams app package to `out/collector.zip` (or `--out FILE`), without the network.
 * Prints every fault in one go. Exit code 2: a variable is missing or wrong; 1: the manifest or an icon is.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type AppPackage, makeAppPackage } from './app-package.ts';

const here = (path: string): URL => new URL(path, import.meta.url);
const project = z.object({ version: z.string() });

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
const target = options.out === undefined ? fileURLToPath(here('../out/collector.zip')) : resolve(options.out);

const made = await makeAppPackage({
  template: await readFile(here('manifest.json'), 'utf8'),
  translations: { 'de.json': await readFile(here('de.json'), 'utf8') },
  color: await readFile(here('icons/color.png')),
  outline: await readFile(here('icons/outline.png')),
  version: project.parse(JSON.parse(await readFile(here('../package.json'), 'utf8'))).version,
  env: process.env,
});
process.exitCode = await finish(made);

async function finish(result: AppPackage): Promise<number> {
  switch (result.kind) {
    case 'ready':
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, result.zip);
      console.log(
        `Wrote ${target} (${result.zip.length} bytes). Upload it in the Teams admin center under Manage apps.`,
      );
      if (result.defaultedLinks.length > 0) {
        console.log(
          `These links point at the bot itself; set them to pages of yours: ${result.defaultedLinks.join(', ')}`,
        );
      }
      return 0;
    case 'faulty':
      console.error('The Teams app package was not written:');
      for (const { variable, problem, example } of result.variables) {
        console.error(`  ${variable} ${problem}. Example: ${variable}=${example}`);
      }
      for (const fault of result.others) console.error(`  ${fault}`);
      return result.variables.length > 0 ? 2 : 1;
  }
}
